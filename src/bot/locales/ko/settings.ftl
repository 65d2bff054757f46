## 설정

settings-title = ⚙️ <b>설정</b>
settings-overrides = { $n ->
    [0] 채팅에서 바꾼 값이 없습니다.
   *[other] 채팅에서 바꾼 값 { $n }개는 ✎ 로 표시합니다.
  }
settings-hint = <i>바꿀 항목을 고르세요. 변경은 바로 적용됩니다.</i>
settings-choose = <i>값을 고르세요.</i>
settings-table-empty = 보유 포지션이 없어 설정할 것이 없습니다.
section-thresholds = 📏 <b>기준값</b>
section-liquidation = 🛟 <b>감축</b>
section-harvest = 🌾 <b>묶인 평가이익</b> – 증거금이 바닥나면 실현
section-allocation = ⚖️ <b>배분</b>
section-monitor = 📡 <b>감시</b>
section-risk_weights = 🏋️ <b>위험 가중치</b> (BTC = 1)
section-position_priority = 🥇 <b>우선순위</b> – 높을수록 나중에 줄입니다
button-section-thresholds = 기준값
button-section-liquidation = 감축
button-section-harvest = 평가이익
button-section-allocation = 배분
button-section-monitor = 감시
button-section-risk_weights = 위험 가중치
button-section-position_priority = 우선순위
setting-line = { $name }: <b>{ $value }</b>
setting-line-changed = ✎ <i>{ $name }</i>
setting-emergency_margin_rate = 긴급 증거금률
setting-relative_trigger = 상대 발동 비율
setting-price_spike_pct = 가격 급변
setting-account_margin_rate_warning = 계좌 경고선
setting-min_adjustment_usdt = 최소 조정 금액
setting-min_deviation_pct = 최소 편차
setting-dry_run = 모의 실행
setting-enabled = 자동 감축
setting-require_confirmation = 감축 전 확인
setting-max_single_close_pct = 1회 최대 종료 비율
setting-cooldown_seconds = 감축 간격
setting-safety_margin_multiplier = 안전 증거금 배수
setting-fall_minutes = 현재 하락세에 대비할 시간(분)
setting-four_eyes_notional_usdt = 두 사람 확인 기준
setting-harvest_mode = 이익 실현 방식
setting-harvest_below_distance_pct = 균등 거리 기준
setting-harvest_cooldown_seconds = 실현 간격
setting-mode = 배분 방식
setting-reserve_usdt = 예비 잔고
setting-poll_interval_sec = 점검 간격
setting-volatility_update_hours = 변동성 갱신 간격
setting-volatility_lookback_days = 변동성 산출 기간
setting-subscription = 실시간 시세
setting-weight = { $name } 위험 가중치
setting-priority = { $name } 우선순위
setting-priority-default = 기본 우선순위
priority-default = 기본값
option-equal_distance = 동일 거리
option-risk_weight = 명목 × 가중치
option-reduce = 이익 포지션 감축
option-roll = 이익 포지션 롤(종료 후 재진입)
option-smart = 위험한 포지션만
option-all = 모든 포지션
entry-own = 직접 설정
entry-derived-risk_weights = 실측
entry-derived-position_priority = 기본값
value-on = 켜짐
value-off = 꺼짐
value-none = 없음
unit-pct = { $n }%
unit-usd = { $n } USD
unit-seconds = { $n }초
unit-minutes = { $n }분
unit-minutes-part = { $n }분 ({ $seconds }초)
unit-hours = { $n }시간
unit-days = { $n }일
unit-times = { $n }배
unit-share = { $n }
unit-plain = { $n }
limits-range = { $min } ~ { $max }
limits-above = { $min } 초과 { $max } 이하
limits-between = { $min } 초과 { $max } 미만
limits-whole = 정수, { $range }
setting-ask = ✏️ <b>{ $name }</b>
    현재: <b>{ $value }</b>
    새 값을 보내세요({ $limits }). 그만두려면 /cancel
setting-ask-remove = <code>-</code> 를 보내면 직접 설정한 값을 지웁니다.
setting-changed = ✅ <b>{ $name }</b>: { $from } → <b>{ $to }</b>
setting-invalid = ✗ <b>{ $name }</b> 허용 값: { $limits }. <code>{ $example }</code> 같은 숫자를 보내거나 /cancel
setting-refused = ✗ <b>{ $name }</b> 값을 바꾸지 않았습니다. { $expected }
setting-undo-gone = ⌛ 이 변경은 여기서 되돌릴 수 없습니다. /settings 참고.

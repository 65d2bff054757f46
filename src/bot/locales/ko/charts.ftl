## 차트

chart-title-margin = 📈 <b>증거금률</b> · { $span }
chart-title-equity = 📈 <b>순자산</b> · { $span }
chart-title-price = 📈 <b>{ $name }</b> · { $span }
chart-title-collateral = 📈 <b>포지션별 증거금</b> · { $span }
chart-legend-margin = <i>Σ 계좌 · ⚡ 긴급 증거금률 · ⚠ 계좌 경고선</i>
chart-legend-equity = <i>Σ 순자산 · ○ 가용 잔고</i>
chart-legend-price = <i>● 마크 가격 · ◆ 평균 진입가 · ✖ 청산가</i>
chart-legend-collateral = <i>Σ 순자산</i>
chart-span-24h = 24시간
chart-span-7d = 7일
chart-margin = 증거금률
chart-equity = 순자산
chart-collateral = 증거금
chart-drawing = 그리는 중 …
chart-none = 여기서는 차트를 쓸 수 없습니다.
chart-empty = 아직 그릴 기록이 부족합니다. 몇 분 뒤 다시 시도하세요.
button-chart = 📈 차트
chart-failed = 차트를 그리지 못했습니다. 잠시 후 다시 시도하세요. 수치는 /status 와 /positions 에 있습니다.

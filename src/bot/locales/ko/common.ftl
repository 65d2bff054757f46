### 사람이 읽는 모든 문구. HTML을 쓸 수 있고 변수는 프로그램이 이스케이프한다. 키는 모든 언어가 같다.

## 시간 길이

span-seconds = { $n }초
span-minutes = { $n }분
span-hours = { $h }시간 { $m }분
span-days = { $d }일 { $h }시간
late = ⏱ <i>{ $age } 늦게 도착</i>
as-of = <i>{ $time } 기준</i>
done-by = <i>{ $name } · { $time }</i>

## 역할과 방향

role-viewer = 조회자
role-operator = 운용자
role-owner = 소유자
side-long = 롱
side-short = 숏
side-short-long = 롱
side-short-short = 숏

## 열

column-rate = 비율
column-distance = 거리
column-collateral = 증거금
column-price = 가격
column-close = 종료
column-notional = 명목
column-relieves = 확보

## 图表

chart-title-margin = 📈 <b>保证金率</b> · { $span }
chart-title-equity = 📈 <b>权益</b> · { $span }
chart-title-price = 📈 <b>{ $name }</b> · { $span }
chart-title-collateral = 📈 <b>各仓保证金</b> · { $span }
chart-legend-margin = <i>Σ 账户 · ⚡ 紧急保证金率 · ⚠ 账户预警线</i>
chart-legend-equity = <i>Σ 权益 · ○ 可用余额</i>
chart-legend-price = <i>● 标记价格 · ◆ 开仓均价 · ✖ 强平价格</i>
chart-legend-collateral = <i>Σ 权益</i>
chart-span-24h = 24 小时
chart-span-7d = 7 天
chart-margin = 保证金率
chart-equity = 权益
chart-collateral = 保证金
chart-drawing = 绘图中…
chart-none = 此处未启用图表。
chart-empty = 记录还不足以绘图，请稍后再试。
button-chart = 📈 图表
chart-failed = 图表绘制失败，请稍后再试。数据见 /status 和 /positions。

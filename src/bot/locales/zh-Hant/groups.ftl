## 群組

command-here = 在群組中：將警報傳到此聊天與話題
command-away = 在群組中：停止此處的警報並離開
room-bound = 📍 警報將傳到此聊天。沒有權限的成員也看得到；只接受有權限者的指令。
room-private = 此指令用於群組：請先把我加入群組，再於群組中傳送。
room-left = 👋 此處不再傳送警報。

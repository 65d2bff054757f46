## 群组

command-here = 在群组中：将警报发到此聊天与话题
command-away = 在群组中：停止此处的警报并离开
room-bound = 📍 警报将发到此聊天。没有权限的成员也看得到；只接受有权限者的命令。
room-private = 此命令用于群组：请先把我加入群组，再在群组中发送。
room-left = 👋 此处不再发送警报。

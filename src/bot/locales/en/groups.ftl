## Groups

command-here = In a group: send alerts to this chat and topic
command-away = In a group: stop alerts here and leave
room-bound = 📍 Alerts go to this chat from now on. Members without access see them, too; commands are taken from people with access only.
room-private = This command is for groups: add me to one and send it there.
room-left = 👋 No more alerts here.

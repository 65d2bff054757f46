## Whole sets of settings: profiles and files

profile-title = 📦 <b>Profile “{ $name }”</b>
profile-unknown = There is no profile of that name. See /profile.
profile-saved = ✅ The settings in force are kept as <b>{ $name }</b>.
profile-replace = ⚠️ There is a profile <b>{ $name }</b> already. Replace it with the settings in force?
profile-none = 📦 No profiles yet. <code>/profile save calm</code> keeps the settings in force.
profile-list = 📦 <b>Profiles</b>
profile-line = <b>{ $name }</b> · { $by } · { $time }
proposal-same = ✅ It is what is in force already.
setting-difference = • { $name }: { $from } → <b>{ $to }</b>
proposal-changes = { $n ->
    [one] 1 setting
   *[other] { $n } settings
  } would change:
settings-applied = ✅ <b>Applied</b>
settings-undone = ↩️ <b>Undone</b>
export-caption = All settings in force. Send it back, changed or not, to load it; or put it into <code>config.yaml</code>.
import-how = 📎 Send me a <code>.yaml</code> file as /export makes it. You see the differences before anything changes.
import-title = 📎 <b>{ $name }</b>
import-not-yaml = ✗ I only take settings as a <code>.yaml</code> file.
import-too-large = ✗ That file is too large for settings: at most 64 kB.
import-unreadable = ✗ That is not readable as settings. { $reason }
button-apply = Apply
button-replace = Replace
button-load = Load { $name }
button-profiles = 📦 Profiles
button-export = 📎 Export
button-language = 🌐 Language
button-time-zone = 🕒 Time zone
button-second-factor = 🔐 Second factor
button-people = 👥 People
time-zone-ask = 🕒 Times are shown for <b>{ $zone }</b>: it is { $time }. Choose, or send <code>/timezone Area/City</code>.
time-zone-set = 🕒 Time zone: <b>{ $zone }</b>. It is { $time }.

# Lists of ASF that somebody has saved.

list-title = Your lists
list-lead = Save ASF that you want to come back to. Share a list with a colleague by a secret link.
list-none = You have no lists yet.
list-new = New list
list-name = What is the list called?
list-name-hint = For example Cleaning 2027
list-create = Create list
list-is-shared = Shared
list-first-name = My favourites
list-which = Which list?
list-save = Save to a list
list-note = Note
list-note-save = Save the note
list-take-off = Remove
list-empty = The list is empty.
list-share-title = Share the list
list-share-text = Whoever has the link sees the list and your notes but cannot change them. You can stop sharing at any time.
list-share = Create a link
list-share-again = Create a new link
list-stop-sharing = Stop sharing
list-remove = Remove the whole list
list-remove-yes = Yes, remove it
list-link-title = Here is the link
list-link-once = Copy it now. We cannot show it again, but you can create a new one.
asf-column-note = Note

rejected-list-name = Write what the list is called, at most 80 characters.
rejected-list-twice = You already have a list of that name.
rejected-list-many = You already have 50 lists. Remove one first.
rejected-list-full = The list is full.
rejected-list-note = Write at most 500 characters.

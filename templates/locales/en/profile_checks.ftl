### The yearly check of the profile. Mail and page.

profile-check-subject = Is it still right? { $name }
profile-check-lead = Once a year we ask whether what we know of you is right. Then you get requests that fit.
profile-check-seat = You are in: { $place }
profile-check-area = You work in: { $places }
profile-check-email = Mail to: { $email }
profile-check-work = This is what you do:
profile-check-how = Is it right? Open the page and press the button. If something is wrong you can write it there. You need not sign in.
profile-check-link = Go to the page
profile-check-why = You get this mail because you are part of { $service }. It comes once a year.

profile-check-title = Is this right?
profile-check-for = This is what we know of { $name }.
profile-check-note = Is something wrong or new?
profile-check-note-hint = Write it here, and we mend it and get in touch.
profile-check-button = Send
profile-check-hint = Is everything right? Leave the box empty and press the button.
profile-check-done = Thank you!
profile-check-done-lead = Now we know. We ask again in a year.
profile-check-done-note = We read what you wrote and mend it.
task-kind-profile = The ASF writes that something in its profile is wrong or new. Mend it and get in touch.

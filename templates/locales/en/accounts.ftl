### The second step of signing in, the account, users and the log.

site-nav-users = Users
site-account = My account

role-asf = ASF
role-buyer = Buyer
role-procurer = Procurer
role-coordinator = Coordinator
role-operator = Operator

## The second step

factor-title = Type the code from the app
factor-lead = Open the app that shows codes for Samhandla and type the one it shows now.
factor-code = Code
factor-code-hint = Six digits. You may also type one of your recovery codes.
factor-button = Continue
factor-lost = Have you lost everything? Ask a coordinator to reset your second step, and choose a new one.
factor-other = Sign in as somebody else
rejected-factor-code = The code is wrong or has been used. Wait for the next one and type it.
factor-title-passkey = One more step
factor-or-code = Or type a code
factor-lead-paper = Is your passkey not here? Type one of your recovery codes.
factor-code-hint-paper = It has three groups of four characters.
connect-title = Connect an app to your account
connect-lead-ruled = Your role sees what others trust us to protect. That is why you need a code from an app when you sign in. It takes a few minutes, once.
connect-lead = With a code from an app, getting at your mail is not enough for anybody else.
connect-step-1 = Open an app that makes codes.
connect-step-1-text = Your password manager often can. Otherwise there are free apps in your phone's store: search for "authenticator".
connect-step-2 = Show the app this picture.
connect-step-2-text = Choose to add an account and point the camera at the picture.
connect-picture = QR code for the app. The same secret stands as text below.
connect-by-hand = Does that not work? Type the account { $account } and this key into the app instead:
connect-step-3 = Type the code that the app shows.
connect-step-3-text = Then we know that it works.
connect-code-hint = Six digits. It changes every half minute.
connect-button = Connect the app
recovery-title = Keep your recovery codes
recovery-lead = Print them or write them down and keep them in a safe place. With one of them you can sign in if you lose your phone.
recovery-once = Each code works once. We show them only now.
recovery-onward = I have kept them

## The account

account-title = My account
account-done-inbjuden = The invitation has been sent.
account-done-avslutad = That sign-in has ended.
account-factor = Code from an app
account-factor-on = You have connected an app.
account-codes-left =
    { $count ->
        [0] You have no recovery codes left.
        [one] You have one recovery code left.
       *[other] You have { $count } recovery codes left.
    }
account-factor-off = You have no app connected. An app makes your account safer.
account-choose-app = Connect an app
account-renew-codes = Make new recovery codes
account-remove-app = Disconnect the app
account-remove-app-hint = You are signed out everywhere. The next time you sign in you connect a new app.
account-remove-app-hint-free = You are signed out everywhere.
account-sessions = Where you are signed in
account-session-this = This browser
account-session-since = Signed in { $when }
account-session-seen = Last used { $when }
account-session-end = End
account-session-end-of = End the sign-in on { $device }
account-device-unknown = Unknown device
account-sign-out-everywhere = Sign out everywhere
account-colleagues = Colleagues with an account
account-colleagues-none = You are the only one with an account.
account-colleague-email = Your colleague's e-mail address
account-colleague-hint = Your colleague gets a mail and can then see and do the same as you.
account-colleague-button = Invite

## Users

users-title = Users
users-lead = Those who can sign in, and what they may do.
users-role = Role
users-suspended = Suspended
users-self = You
users-change = Change
users-give-role = Change role
users-suspend = Suspend
users-reinstate = Let in again
users-reset = Reset the second step
users-invite = Invite somebody
users-org-no-hint = Only for those who work at an ASF.
users-invite-button = Send invitation
users-done-inbjuden = The invitation has been sent.
users-done-andrad = The change has been saved.
rejected-user-known = The address has an account already.
rejected-user-self = You cannot change your own account here. Ask somebody else.
rejected-user-operator = You cannot give or change that role.

## The log

audit-title = Log
audit-lead = Who did what, the latest first.
audit-actor = Who
audit-noun = What
audit-all = Everything
audit-from = From
audit-until = Until
audit-button = Show
audit-when = When
audit-action = Did
audit-detail = More
audit-empty = Nothing has happened that matches what you chose.

## Failures

error-too-many-title = Wait a while
error-too-many-text = You have tried many times in a short time. Wait a few minutes and try again.

## The invitation

invitation-subject = You are invited to { $service }
invitation-by = { $by } has invited you to { $service }.
invitation-organisation = You belong to { $name } there.
invitation-how = To sign in, open the page and type your address, { $address }. You will get a mail with a link.
invitation-app = The first time you also connect an app that shows codes. The page explains how.
invitation-why = You get this mail because somebody invited you. If you do not want to join, you need not do anything.

## My data

account-privacy = Your data
account-privacy-text = You can fetch all that we keep about you in one file, and you can have us forget you.
account-extract = Fetch my data
forget-title = Delete my account
forget-lead = We delete everything about { $email }. It cannot be undone.
forget-what-account = The account, the sign-ins and the address are gone at once, also from texts where it stands.
forget-what-mail = Mails to you are emptied, and no more are sent.
forget-what-stays = Profiles, needs and results that belong to the company or organisation stay, but without you.
forget-extract-first = If you want to keep the data, fetch it first on the page My account.
forget-sure = Yes, delete everything about me
forget-button = Delete
rejected-forget-sure = Tick the box if you are sure.
forgotten-title = You are deleted
forgotten-lead = We have no data about you any more. Thank you for taking part.

## Privacy

privacy-controller = Who is responsible
privacy-controller-text = Whoever runs the service is the controller: { $contact }.
privacy-why = Why we may keep it
privacy-why-account = Accounts, profiles and needs: to do what you have asked for (contract, article 6(1)(b) of the GDPR).
privacy-why-mail = The weekly mail: only to those who have said yes (consent, article 6(1)(a)). You may take it back whenever you like.
privacy-why-results = Results and evidence: to show what the project's money has led to (public interest, article 6(1)(e)).
privacy-why-log = The log of who changed what: to be able to mend mistakes and misuse (legitimate interest, article 6(1)(f)).
privacy-how-long = How long
privacy-how-long-text = Account, profile and answers: until you delete them. Links to sign in with: a day. Sign-ins: 30 days at most. Results that count: as long as the project must be able to show them, without names of persons.
privacy-shared = Whom we give it to
privacy-shared-text = Nobody, except those you say yes to yourself. We sell nothing, and we use no service that follows you. The data lies on the server that the controller has chosen.
privacy-self = Do it yourself
privacy-self-text = When you are signed in, you fetch and delete your data on the page { $page }.
privacy-complain = If you are not satisfied you can complain to the Swedish Authority for Privacy Protection:
privacy-cookies-three = Three, and only when you do something yourself: one that remembers the language you chose, one that keeps you signed in, and one that remembers for ten minutes that you asked for a code.

## Accessibility

accessibility-who = Who is responsible
accessibility-who-text = { $contact } is responsible for the site. The statement covers all of { $service }, the mails too.
accessibility-degree-law = The site is partly compliant with the Swedish law on accessibility to digital public service.
accessibility-fault-notices-why = The reason: the text is the buyer's, and may not be changed.
accessibility-fault-english-why = The reason: we do not know for certain which language a text is written in. We are working on it.
accessibility-when = When we have tried
accessibility-when-text = The latest assessment was made on 27 November 2026. The statement was updated the same day.

## Acting for an ASF

join-link = Do you work here? Ask to look after the profile
join-title = Look after the profile of { $name }
join-lead = Somebody looks after the profile already. They get your request and decide whether you may join.
join-lead-claim = Nobody looks after the profile yet. The project's staff reads your request and lets you in if you represent the company.
join-note = Who are you?
join-note-hint = For example your name and what you do at the company.
join-button = Send the request
join-done = Thank you! You will get a mail when somebody has answered.
joins-title = Want to look after a profile
joins-lead = Let in only those you know to work there. They will see and do everything for the company.
joins-empty = Nobody waits for an answer.
joins-yes = Let in
joins-yes-of = Let in { $email }
joins-no = Refuse
joins-no-of = Refuse { $email }
task-kind-claim = Somebody wants to look after the profile. Make sure that they work there and answer on the page "Want to look after a profile".
rejected-join-note = Shorten the text to 1,000 characters at most.
rejected-join-staff = The address belongs to the project's staff and cannot act for an ASF.

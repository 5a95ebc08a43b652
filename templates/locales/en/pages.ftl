# What every page, the start page, the search pages and the error pages say.

site-skip = Skip to the content
site-nav = Main menu
site-nav-asf = Find enterprises
site-nav-needs = See needs
site-nav-post = Post a need
site-nav-targets = Targets
site-nav-overview = Overview
site-nav-outbox = Mailbox
site-nav-mail-rules = Mailing
site-nav-quarantine = Quarantine
site-sign-in = Sign in
site-sign-out = Sign out
site-signed-in-as = You are signed in as { $email }
site-foot = Samhandla brings work-integration social enterprises together with those who need something done.
site-accessibility = Accessibility
site-privacy = Privacy

place-sweden-option = All of Sweden
place-unknown = Place not stated

form-error = Error:
form-errors =
    { $count ->
        [one] There is one thing to correct
       *[other] There are { $count } things to correct
    }
form-optional = (optional)

start-title = Get the job done
start-heading = Get the job done – and give more people a job.
start-lead = Work-integration social enterprises (ASF in Swedish) clean, cook, garden, repair and much more. Samhandla shows you which of them suit what you need, and why.
start-search-label = What do you need done?
start-search-hint = For example cleaning, lunch for meetings or snow clearing
start-search-button = Find enterprises
start-or = Would you rather have them contact you?
start-post = Post a need
start-count-asf =
    { $count ->
        [one] enterprise
       *[other] enterprises
    }
start-count-needs =
    { $count ->
        [one] open need
       *[other] open needs
    }
start-count-sectors =
    { $count ->
        [one] trade
       *[other] trades
    }
start-latest = Latest needs
start-all-needs = See all needs
start-no-needs = There are no open needs right now.
start-how = How it works
start-step-1 = You tell us.
start-step-1-text = Write what you need, where and when. No account needed.
start-step-2 = We look.
start-step-2-text = The enterprises that suit get your need, with the reasons why it came to them.
start-step-3 = They answer.
start-step-3-text = When one says yes, we introduce you to each other by mail. The rest is yours.
start-what-is-asf = What is a work-integration social enterprise?
start-what-is-asf-text = A business that sells goods and services so that people who have had difficulty finding work get a job. Those who work there have a say. Most of the profit goes back into the business, and it stands free from the public sector.

search-place = Where?
search-anywhere = Anywhere
search-cpv = CPV code
search-unread-cpv = We cannot read the CPV code. It should have eight digits. We searched without it.
search-button = Search
search-instead = Nothing for “{ $typed }”. Showing “{ $instead }”.
search-why = Why it is here:
search-found-word = Matches “{ $word }”
search-pages = More pages
search-previous = Previous
search-next = Next
search-try-simpler = Try a simpler word, for example “cleaning” instead of “facility services”.
search-try-anywhere = Search in all places

asf-list-title = Find enterprises
asf-list-words = What do you need done?
asf-list-asked = The best matches come first.
asf-list-all = All enterprises that take part here.
asf-list-ask-title = Let them come to you
asf-list-ask = Post what you need, and we ask everyone it suits.
asf-list-empty = We found no enterprise
asf-list-empty-post = Post the need anyway. New enterprises see it as soon as they join.
asf-seat = Based in
asf-area = Works in
asf-form = Legal form
asf-org-no = Organisation number
asf-website = Website
asf-paused = Takes no new requests before { $date }.
asf-capabilities = What they do
asf-no-capabilities = The enterprise has not written what it does yet.
asf-capacity = Capacity
asf-people =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
asf-hours =
    { $count ->
        [one] 1 hour a week
       *[other] { $count } hours a week
    }
asf-largest = Largest job
asf-earliest = Can start on
asf-hire = Would you like to hire { $name }?
asf-hire-text = Post what you need. If it suits them they get it and can say yes. Then you get each other’s contact details.
asf-needs = Needs that were suggested
asf-needs-none = No needs have been suggested yet.

error-not-found-title = There is no such page
error-not-found-text = The link may be old or mistyped. Links in mails stop working after a while.
error-forbidden-title = You cannot see this page
error-forbidden-text = The page is meant for somebody else than the user you are signed in as.
error-method-title = It cannot be done that way
error-method-text = The page cannot take what you sent. Go back and try again.
error-rejected-title = Something needs correcting
error-rejected-text = Go back and change this:
error-conflict-title = It is no longer possible
error-conflict-text = The need has closed, or somebody else was faster.
error-too-large-title = That was too much at once
error-too-large-text = What you sent is too large. Shorten the text and try again.
error-cross-site-title = We did not take the form
error-cross-site-text = The browser says it was sent from another website. Open the page here and try again.
error-away-title = We will be back shortly
error-away-text = Right now we cannot reach what we need to show the page. Wait a while and try again. Nothing you sent before is lost.
error-broken-title = Something went wrong on our side
error-broken-text = The fault has been noted. Please try again.
error-home = To the start page

accessibility-lead = Everybody should be able to use Samhandla: with a keyboard, a screen reader, magnification or without JavaScript. The aim is WCAG 2.2 level AA.
accessibility-degree = How far we have come
accessibility-degree-text = Partly. We have tried the pages ourselves while building them, but nobody from outside has reviewed them yet.
accessibility-faults = Faults that we know of
accessibility-fault-notices = Texts of official notices are shown as the buyer wrote them. They can be hard to read.
accessibility-fault-english = Needs and profiles are shown in the language they were written in, also when the rest of the page is in English. The change of language is not marked up.
accessibility-method = How we have tried it
accessibility-method-text = With a keyboard, at a width of 320 pixels, at 200 per cent text size, in light and dark mode, and by measuring contrast.
accessibility-tell = Have you met an obstacle?
accessibility-tell-text = Write to us, and we will help you and mend the fault:
accessibility-complain = If you are not content with the answer you can report it to the Swedish Agency for Digital Government:

privacy-lead = We keep what is needed to bring you together, and nothing to follow you.
privacy-what = What we keep
privacy-what-asf = About an enterprise: what is in its profile, the address of its weekly mail, and its answers to needs.
privacy-what-buyer = About somebody who posts a need: the need, the name and the e-mail address.
privacy-what-user = About somebody who signs in: e-mail address, role, and when the session ends.
privacy-what-relay = About two who write to each other through the service: what they write, as long as the need is kept.
privacy-who = Who sees it
privacy-who-text = Profiles and open needs are open to everyone. Answers are seen by the buyer and the project’s staff. Who said no is seen only by the staff. We give e-mail addresses to the other party only when somebody has said yes.
privacy-cookies = Cookies
privacy-mail = Mail
privacy-mail-text = Our mails have no tracking images and no rewritten links. Every weekly mail has a link that stops it.
privacy-rights = Your rights
privacy-rights-text = You can learn what we hold about you, have it corrected and have it removed. Write to:

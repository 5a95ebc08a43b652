### The mails.

mail-hello = Hello!
mail-sender = This mail comes from { $service }.

## Signing in

mail-sign-in-subject = Sign in to { $service }
mail-sign-in-link = Open the link to sign in. It is valid for { $minutes } minutes and can be used once.
mail-sign-in-button = Sign in
mail-sign-in-code = Do you read this on another device than the one you want to sign in on? Then type this code on the sign-in page:
mail-sign-in-confirm = Do not give the code to anybody. We never ask for it.
mail-sign-in-why = You get this mail because somebody asked to sign in with your address. If it was not you, you need not do anything.

## Confirming a need

confirm-need-subject = Confirm: { $title }
confirm-need-received = Thank you! We have received your need in { $service }:
confirm-need-link = Nobody sees it until you have confirmed. Open the page and press the button:
confirm-need-button = Confirm the need
confirm-need-after = Then we show which social enterprises may fit, and ask them. You get a mail when somebody answers.
confirm-need-why = You get this mail because somebody posted a need with your address. If it was not you, you need not do anything: nothing will happen.

## The weekly digest

digest-subject-new =
    { $count ->
        [one] 1 new request
       *[other] { $count } new requests
    }
digest-subject-closing =
    { $count ->
        [one] 1 request waits for an answer
       *[other] { $count } requests wait for an answer
    }
digest-subject-mixed =
    { $new ->
        [one] { $count } requests, 1 new
       *[other] { $count } requests, { $new } new
    }
digest-subject-deadline =
    { $count ->
        [one] – closes { $day }
       *[other] { $closing ->
            [one] – one closes { $day }
           *[other] – { $closing } close { $day }
        }
    }
digest-title = Requests of week { $week }
digest-hello = Hello { $name }!
digest-intro =
    { $count ->
        [one] Here is a request that may suit you.
       *[other] Here are { $count } requests that may suit you.
    }
digest-how = You answer with one click and confirm on the page that opens. You need not sign in.
digest-lot = Part: { $title }
digest-mark-new = New.
digest-mark-closing-soon = Closes soon.
digest-mark-changed = Changed.
digest-changed-deadline = Last day moved to { $day }.
digest-changed-no-deadline = There is no last day any more.
digest-changed-scope = The work is described anew.
digest-changed-place = The place has changed.
digest-changed-value = The value has changed.
digest-strength-strong = A good fit.
digest-strength-possible = May fit.
digest-buyer = Buyer: { $buyer }
digest-place = Place: { $place }
digest-deadline = Last day: { $when }
digest-planned = Early signal: the buyer plans. Nobody can bid yet.
digest-dis = Dynamic purchasing system: you apply to be in it and bid for each purchase.
digest-framework = Framework: the buyer orders as it goes.
digest-no-deadline = No last day is set.
digest-value = Value: about { $value } excluding VAT
digest-reserved = Reserved procurement
digest-reasons = Why you get it:
digest-objections = Keep in mind:
digest-read = Read more:
digest-answer = Is it something for you?
digest-answer-yes = Yes
digest-answer-maybe = Maybe
digest-answer-no = No
digest-why = You get this letter because { $name } is part of { $service }.
digest-how-often = It comes once a week at most, and only when there is something that may suit you.
digest-unsubscribe = Stop the weekly letter

## When an enterprise has said yes

intro-next = What comes next
intro-deal = Did it lead to something? Tell us here, it takes a minute:
intro-deal-button = Tell us how it went
intro-asf-subject = Your yes is noted: { $title }
intro-asf-yes = You have said yes to this from { $buyer }:
intro-asf-yes-told = You have said yes, and we have told { $buyer }. It is about:
intro-asf-contact = How to reach { $buyer }:
intro-asf-notice = The notice and all documents:
intro-asf-notice-link = Open the notice and all documents
intro-asf-note = This is what you wrote to the buyer:
intro-asf-next-request = The buyer has your address and may get in touch. If you hear nothing in a couple of days, do write or call yourself.
intro-asf-next-direct-award = The buyer has your address. Feel free to write now what you can do, when you can begin and what it costs. The buyer decides whether there will be a purchase.
intro-asf-next-tender = Your yes is not a bid. Read the documents and hand in the bid where the notice says, before the last day. Ask questions about the procurement there too, so that everybody gets the same answer.
intro-asf-why = You get this mail because you have answered yes in { $service }.
intro-buyer-subject = { $asf } wants to do the job: { $title }
intro-buyer-yes = { $asf } has said yes to your need:
intro-buyer-about = Read about { $asf }:
intro-buyer-about-link = Read about { $asf }
intro-buyer-contact = How to reach { $asf }:
intro-buyer-note = The enterprise writes:
intro-buyer-reasons = Why we suggested the enterprise:
intro-buyer-next-request = Write or call and tell more about the job. The enterprise has your address and waits to hear from you.
intro-buyer-next-direct-award = Contact the enterprise and ask for a proposal. The law says when a direct award must be documented (chapter 19 a, section 11 of the Public Procurement Act, LOU).
intro-buyer-next-tender = This is a sign of interest, not a bid. Bids are handed in as the notice says, and questions are answered alike for everybody.

## When an enterprise has said maybe or no

buyer-why = You get this mail because you have posted a need in { $service }.

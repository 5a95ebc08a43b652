### Ord som mejl och webb delar: datum, belopp, skäl och invändningar.

weekday-1 = måndag
weekday-2 = tisdag
weekday-3 = onsdag
weekday-4 = torsdag
weekday-5 = fredag
weekday-6 = lördag
weekday-7 = söndag
month-1 = januari
month-2 = februari
month-3 = mars
month-4 = april
month-5 = maj
month-6 = juni
month-7 = juli
month-8 = augusti
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december
short-month-1 = jan.
short-month-2 = feb.
short-month-3 = mars
short-month-4 = apr.
short-month-5 = maj
short-month-6 = juni
short-month-7 = juli
short-month-8 = aug.
short-month-9 = sep.
short-month-10 = okt.
short-month-11 = nov.
short-month-12 = dec.

date = { $weekday } { $day } { $month } { $year }
day = { $weekday } { $day } { $month }
short-date = { $day } { $short_month } { $year }
datetime = { $date } kl. { $hour }.{ $minute }
amount-sek = { $amount }{"\u00A0"}kr
percentage = { $number }{"\u00A0"}%

place-sweden = hela Sverige

## Skäl: varför ett behov och ett företag passar ihop. "asf" läses av företaget självt, "other" av köpare och andra.

reason-same-word-asf = Både ni och de skriver ”{ $word }”.
reason-same-word-other = Ordet ”{ $word }” står både i behovet och hos företaget.
reason-concept-asf = Ni skriver ”{ $mine }” och de söker ”{ $theirs }” – det är samma sorts arbete.
reason-concept-other = Företaget skriver ”{ $mine }” och behovet säger ”{ $theirs }” – det är samma sorts arbete.
reason-word-asf = Ni skriver ”{ $mine }” och de skriver ”{ $theirs }” – orden hör ihop.
reason-word-other = Företaget skriver ”{ $mine }” och behovet säger ”{ $theirs }” – orden hör ihop.
reason-code-asf = Arbetet ligger i samma gren som ert i CPV, EU:s koder för det som köps ({ $code }).
reason-code-other = Arbetet ligger i samma gren som företagets i CPV, EU:s koder för det som köps ({ $code }).
reason-code-same-asf = Arbetet har samma kod som ert i CPV, EU:s koder för det som köps ({ $code }).
reason-code-same-other = Arbetet har samma kod som företagets i CPV, EU:s koder för det som köps ({ $code }).
reason-place-inside-asf = Jobbet är i { $place }, där ni arbetar.
reason-place-inside-other = Jobbet är i { $place }, där företaget arbetar.
reason-place-ships-asf = Ni tar uppdrag i hela landet, alltså även i { $place }.
reason-place-ships-other = Företaget tar uppdrag i hela landet, alltså även i { $place }.
reason-place-country-asf = Jobbet gäller hela Sverige, och ni tar uppdrag i hela landet.
reason-place-country-other = Jobbet gäller hela Sverige, och företaget tar uppdrag i hela landet.
reason-place-partly-asf = En del av jobbet är där ni arbetar ({ $place }).
reason-place-partly-other = En del av jobbet är där företaget arbetar ({ $place }).
reason-place-near-asf = Jobbet är i { $place }, i samma län som ni.
reason-place-near-other = Jobbet är i { $place }, i samma län som företaget.
reason-place-far-asf = Jobbet är i { $place }.
reason-place-far-other = Jobbet är i { $place }.
reason-place-unknown-asf = Platsen är öppen.
reason-place-unknown-other = Platsen är öppen.
reason-added-asf = Samordnaren lade till er: { $why }
reason-added-other = Tillagd av samordnaren: { $why }
reason-reserved-asf = { $rule } Det kan gälla er. Köparen avgör om ni räknas dit.
reason-reserved-other = { $rule } Det kan gälla företaget. Köparen avgör om det räknas dit.

## Invändningar: vad som talar emot.

objection-place-inside-asf = Jobbet är i { $place }.
objection-place-inside-other = Jobbet är i { $place }.
objection-place-ships-asf = Jobbet är i { $place }.
objection-place-ships-other = Jobbet är i { $place }.
objection-place-country-asf = Jobbet gäller hela Sverige.
objection-place-country-other = Jobbet gäller hela Sverige.
objection-place-partly-asf = Jobbet gäller ett större område ({ $place }) än det ni arbetar i.
objection-place-partly-other = Jobbet gäller ett större område ({ $place }) än det företaget arbetar i.
objection-place-near-asf = Jobbet är i { $place }, utanför ert område men i samma län.
objection-place-near-other = Jobbet är i { $place }, utanför företagets område men i samma län.
objection-place-far-asf = Jobbet är i { $place }, långt från där ni arbetar.
objection-place-far-other = Jobbet är i { $place }, långt från där företaget arbetar.
objection-place-unknown-asf = Det står inte var jobbet ska göras.
objection-place-unknown-other = Det står inte var jobbet ska göras.
objection-too-large-asf = Jobbet är värt { $value }. Det största ni brukar ta är { $largest }.
objection-too-large-other = Jobbet är värt { $value }. Det är mer än företaget brukar ta.
objection-short-time-asf = Det är kort om tid att svara.
objection-short-time-other = Det är kort om tid att svara.
objection-starts-before-asf = Jobbet börjar innan ni kan. Ni kan tidigast { $earliest }.
objection-starts-before-other = Jobbet börjar innan företaget kan. Det kan tidigast { $earliest }.
objection-reserved-asf = { $rule } Fråga köparen om ni räknas dit innan ni lägger ner tid.
objection-reserved-other = { $rule } Det är inte säkert att företaget räknas dit.
objection-declined-work-asf = Ni har svarat att ni inte gör sådant som ”{ $word }”.
objection-declined-work-other = Företaget har svarat nej till sådant som ”{ $word }” förut.
objection-declined-place-asf = Ni har svarat att { $place } är för långt bort.
objection-declined-place-other = Företaget har svarat att { $place } är för långt bort.
objection-part-only-asf = Ni har bara beskrivit en del av det som de söker.
objection-part-only-other = Företaget har bara beskrivit en del av det som söks.

## Vem ett jobb är reserverat för (lagen om offentlig upphandling, LOU).

reserved-none = Alla får lämna anbud.
reserved-sheltered-or-integration = Jobbet är reserverat för skyddade verkstäder och företag som hjälper människor in i arbete (4 kap. 18 § i upphandlingslagen, LOU).
reserved-sheltered-programme = Jobbet ska göras inom ett program för skyddad anställning (4 kap. 18 § i upphandlingslagen, LOU).
reserved-participatory = Jobbet är reserverat för organisationer där personal eller brukare är med och bestämmer (19 kap. 25 § i upphandlingslagen, LOU).
reserved-nonprofit = Jobbet är reserverat för idéburna organisationer (19 kap. 25 a § i upphandlingslagen, LOU).

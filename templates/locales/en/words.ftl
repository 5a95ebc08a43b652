### Words that mail and web share: dates, amounts, reasons and objections.

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
short-month-1 = Jan
short-month-2 = Feb
short-month-3 = Mar
short-month-4 = Apr
short-month-5 = May
short-month-6 = June
short-month-7 = July
short-month-8 = Aug
short-month-9 = Sept
short-month-10 = Oct
short-month-11 = Nov
short-month-12 = Dec

date = { $weekday } { $day } { $month } { $year }
day = { $weekday } { $day } { $month }
short-date = { $day } { $short_month } { $year }
datetime = { $date } at { $hour }:{ $minute }
amount-sek = SEK{"\u00A0"}{ $amount }
percentage = { $number }%

place-sweden = the whole of Sweden

## Reasons: why a need and an enterprise suit each other. "asf" is read by the enterprise, "other" by buyers and others.

reason-same-word-asf = Both you and they write “{ $word }”.
reason-same-word-other = The word “{ $word }” is in the need and with the enterprise.
reason-concept-asf = You write “{ $mine }” and they look for “{ $theirs }” – it is the same kind of work.
reason-concept-other = The enterprise writes “{ $mine }” and the need says “{ $theirs }” – it is the same kind of work.
reason-word-asf = You write “{ $mine }” and they write “{ $theirs }” – the words belong together.
reason-word-other = The enterprise writes “{ $mine }” and the need says “{ $theirs }” – the words belong together.
reason-code-asf = The work is in the same branch as yours of CPV, the EU’s codes for what is bought ({ $code }).
reason-code-other = The work is in the same branch as the enterprise’s of CPV, the EU’s codes for what is bought ({ $code }).
reason-code-same-asf = The work has the same code as yours in CPV, the EU’s codes for what is bought ({ $code }).
reason-code-same-other = The work has the same code as the enterprise’s in CPV, the EU’s codes for what is bought ({ $code }).
reason-place-inside-asf = The job is in { $place }, where you work.
reason-place-inside-other = The job is in { $place }, where the enterprise works.
reason-place-ships-asf = You take jobs in the whole country, so also in { $place }.
reason-place-ships-other = The enterprise takes jobs in the whole country, so also in { $place }.
reason-place-country-asf = The job covers the whole of Sweden, and you take jobs in the whole country.
reason-place-country-other = The job covers the whole of Sweden, and the enterprise takes jobs in the whole country.
reason-place-partly-asf = A part of the job is where you work ({ $place }).
reason-place-partly-other = A part of the job is where the enterprise works ({ $place }).
reason-place-near-asf = The job is in { $place }, in the same county as you.
reason-place-near-other = The job is in { $place }, in the same county as the enterprise.
reason-place-far-asf = The job is in { $place }.
reason-place-far-other = The job is in { $place }.
reason-place-unknown-asf = The place is open.
reason-place-unknown-other = The place is open.
reason-added-asf = The coordinator added you: { $why }
reason-added-other = Added by the coordinator: { $why }
reason-reserved-asf = { $rule } That may be you. The buyer decides whether you belong there.
reason-reserved-other = { $rule } That may be this enterprise. The buyer decides whether it belongs there.

## Objections: what speaks against.

objection-place-inside-asf = The job is in { $place }.
objection-place-inside-other = The job is in { $place }.
objection-place-ships-asf = The job is in { $place }.
objection-place-ships-other = The job is in { $place }.
objection-place-country-asf = The job covers the whole of Sweden.
objection-place-country-other = The job covers the whole of Sweden.
objection-place-partly-asf = The job covers a larger area ({ $place }) than the one you work in.
objection-place-partly-other = The job covers a larger area ({ $place }) than the one the enterprise works in.
objection-place-near-asf = The job is in { $place }, outside your area but in the same county.
objection-place-near-other = The job is in { $place }, outside the enterprise’s area but in the same county.
objection-place-far-asf = The job is in { $place }, far from where you work.
objection-place-far-other = The job is in { $place }, far from where the enterprise works.
objection-place-unknown-asf = It does not say where the job is.
objection-place-unknown-other = It does not say where the job is.
objection-too-large-asf = The job is worth { $value }. The largest that you usually take is { $largest }.
objection-too-large-other = The job is worth { $value }. That is more than the enterprise usually takes.
objection-short-time-asf = There is little time to answer.
objection-short-time-other = There is little time to answer.
objection-starts-before-asf = The job begins before you can. The earliest that you can is { $earliest }.
objection-starts-before-other = The job begins before the enterprise can. The earliest that it can is { $earliest }.
objection-reserved-asf = { $rule } Ask the buyer whether you belong there before you spend time on it.
objection-reserved-other = { $rule } It is not certain that the enterprise belongs there.
objection-declined-work-asf = You have answered that you do not do work such as “{ $word }”.
objection-declined-work-other = The enterprise has declined work such as “{ $word }” before.
objection-declined-place-asf = You have answered that { $place } is too far away.
objection-declined-place-other = The enterprise has answered that { $place } is too far away.
objection-part-only-asf = You have described only a part of what they look for.
objection-part-only-other = The enterprise has described only a part of what is asked for.

## Whom a job is reserved for (the Swedish Public Procurement Act, LOU).

reserved-none = Anybody may bid.
reserved-sheltered-or-integration = The job is reserved for sheltered workshops and enterprises that help people into work (chapter 4, section 18 of the Public Procurement Act, LOU).
reserved-sheltered-programme = The job is to be done in a programme for sheltered employment (chapter 4, section 18 of the Public Procurement Act, LOU).
reserved-participatory = The job is reserved for organisations where staff or users take part in decisions (chapter 19, section 25 of the Public Procurement Act, LOU).
reserved-nonprofit = The job is reserved for non-profit organisations (chapter 19, section 25 a of the Public Procurement Act, LOU).

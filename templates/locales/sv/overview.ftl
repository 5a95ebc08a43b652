### Samordnarens startsida, luckor och tavlan med matchningar.

overview-title = Att göra nu
overview-lead = Det här behöver en människa. Börja överst.
overview-oldest = { $days ->
    [0] Äldst: i dag
    [one] Äldst: { $date }, 1 dag sedan
   *[other] Äldst: { $date }, { $days } dagar sedan
}
overview-nothing = Allt är gjort
overview-nothing-text = Inget väntar på dig just nu. Bra jobbat! Titta gärna på de senaste svaren här nedanför.
overview-answers = Senaste svaren
overview-answers-lead = Öppna ett svar för att skriva in vad det ledde till. Alla svar finns under
overview-empty = Ingen har svarat ja eller kanske än. Veckobreven ligger i brevlådan:
overview-more = Mer

overview-pile-needs = { $count ->
    [one] 1 behov väntar på ditt ja
   *[other] { $count } behov väntar på ditt ja
}
overview-do-needs = Läs och godkänn, be om en ändring eller säg nej. Till dess mejlas de inte.
overview-pile-profiles = { $count ->
    [one] 1 profil väntar på ditt ja
   *[other] { $count } profiler väntar på ditt ja
}
overview-do-profiles = Läs och godkänn, be om en ändring eller säg nej. Till dess syns de inte och får inga förslag.
overview-pile-unanswered = { $count ->
    [one] 1 förslag är mejlat men inte besvarat på 10 dagar
   *[other] { $count } förslag är mejlade men inte besvarade på 10 dagar
}
overview-do-unanswered = Ring gärna. De går fortfarande att svara på.
overview-pile-without-deal = { $count ->
    [one] 1 ja har varit tyst i 30 dagar
   *[other] { $count } ja har varit tysta i 30 dagar
}
overview-do-without-deal = Fråga båda vad det ledde till och skriv in det.
overview-pile-claims = { $count ->
    [one] 1 uppgift till målen saknar underlag eller beslut
   *[other] { $count } uppgifter till målen saknar underlag eller beslut
}
overview-do-claims = Be om ett underlag, eller avgör om det räknas.
overview-pile-proposals = { $count ->
    [one] 1 förslag till händelse att ta ställning till
   *[other] { $count } förslag till händelser att ta ställning till
}
overview-do-proposals = Ta in det som stämmer och avfärda resten.
overview-pile-bounced = { $count ->
    [one] 1 e-postadress fungerar inte
   *[other] { $count } e-postadresser fungerar inte
}
overview-do-bounced = Ring och fråga efter en adress som fungerar.
overview-pile-unmet = { $count ->
    [one] 1 köpare har ett behov som ingen passar
   *[other] { $count } behov har ingen som passar
}
overview-do-unmet = Finns det någon ändå? Justera behovet, eller berätta för köparen.
overview-pile-quiet = { $count ->
    [one] 1 ASF har inte fått något förslag på fyra veckor
   *[other] { $count } ASF har inte fått något förslag på fyra veckor
}
overview-do-quiet = Hjälp dem att skriva fler ord om vad de kan.
overview-pile-quarantine = { $count ->
    [one] 1 post i karantän
   *[other] { $count } poster i karantän
}
overview-do-quarantine = De gick inte att läsa in. Rätta och försök igen, eller släpp dem.
overview-pile-tasks = { $count ->
    [one] 1 uppgift till
   *[other] { $count } uppgifter till
}
overview-do-tasks = Till exempel mejl som inte har kommit fram.

gaps-title = Luckor
gaps-lead = Köpare som väntar på någon, och ASF som väntar på ett behov.
gaps-needs = Behov som ingen passar
gaps-needs-lead = Någon har skrivit dem och väntar på svar. Längst väntan först.
gaps-no-needs = Alla köpare som väntar har fått minst ett förslag.
gaps-asf = ASF utan förslag på fyra veckor
gaps-asf-lead = Oftast saknas ord om vad de kan, eller så är området för litet.
gaps-no-asf = Alla ASF har fått förslag de senaste fyra veckorna.
gaps-no-email = saknar e-post

board-title = Matchningar
board-stages = Hur långt de har kommit
board-stage-all = Alla
board-stage-suggested = Föreslagen
board-stage-mailed = Mejlad
board-stage-yes = Ja
board-stage-maybe = Kanske
board-stage-no = Nej
board-stage-introduced = Ihopkopplade
board-stage-deal = Affär
board-silent-mailed = Bara det som är mejlat för minst så många dagar sedan, inte är besvarat och fortfarande går att svara på.
board-silent-introduced = Bara de ja som ingen har berättat något mer om på så många dagar.
board-silent-any = Bara det som någon behöver fråga om.
board-filter-asf = ASF, en del av namnet
board-filter-buyer = Köpare, en del av namnet
board-filter-week = Mejlad vecka, till exempel 2026-W48
board-filter-days = Minst så många dagar
board-show = Visa
board-column-need = Behov
board-column-lot = Del
board-column-asf = ASF
board-column-buyer = Köpare
board-column-place = Plats
board-column-strength = Styrka
board-column-stage = Läge
board-column-since = Sedan
board-column-deadline = Sista dag
board-column-reason = Skäl till nej
board-column-note = Hälsning
board-strength-strong = passar bra
board-strength-possible = kan passa
board-deal-link = Skriv in vad det ledde till
board-export = Ta med allt som visas:
board-xlsx = Excel
board-csv = CSV
board-empty = Inget passar det du har valt.

rejected-board-stage = Välj ett läge i raden ovanför.
rejected-board-days = Skriv ett antal dagar med siffror, till exempel 10.
rejected-board-name = Skriv högst 100 tecken.

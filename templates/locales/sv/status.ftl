### Så mår tjänsten: sidan för den som sköter driften.

status-title = Så mår tjänsten
status-well = Allt ser bra ut.
status-look = Något behöver ses över. Leta efter det som är märkt här nedanför.
status-version = Version
status-database = Databas
status-migrations = Databasens form
status-pending = { $count ->
    [one] 1 ändring har inte körts
   *[other] { $count } ändringar har inte körts
}
status-none-pending = Den är den senaste.
status-disk = Ledigt på disken
status-free = { $size } GB, { $percent } procent
status-unknown = Okänt
status-index = Sökindex
status-index-broken = går inte att öppna
status-documents = { $count ->
    [one] 1 dokument.
   *[other] { $count } dokument.
}
status-lag = { $count ->
    [0] I takt med databasen.
    [one] 1 ändring efter databasen.
   *[other] { $count } ändringar efter databasen.
}
status-compared = Jämfört med databasen nu: { $missing } saknas, { $ghosts } är för många.
status-compare = Jämför med databasen
status-matcher = Matchningen
status-bounces = Mejl som har studsat
status-bounced = { $count ->
    [one] 1 på 30 dagar.
   *[other] { $count } på 30 dagar.
}
status-suppressed = { $count ->
    [one] 1 adress får inga fler mejl.
   *[other] { $count } adresser får inga fler mejl.
}
status-staff = Samordnare och driftansvariga
status-checks = Inställningar
status-ok = bra
status-wrong = se över
status-check-data-directory = Mappen för data
status-check-mail = Mejlservern
status-check-fetching = Hämtning av annonser
status-check-tls = Krypterad väg till mejlservern (TLS)
status-check-spf = Vem som får skicka för domänen (SPF)
status-check-dkim = Signatur på mejlen (DKIM)
status-check-dmarc = Regler för förfalskade mejl (DMARC)
status-doctor = Råd om varje inställning ger kommandot
status-outbox = Mejl
status-state = Läge
status-number = Antal
status-oldest = Äldst
status-no-messages = Inga mejl har skrivits än.
status-state-ready = Väntar
status-state-sending = Skickas
status-state-sent = Skickade
status-state-uncertain = Osäkert om de kom fram
status-state-failed = Gick inte att skicka
status-state-suppressed = Stoppade, adressen fungerar inte
status-state-cancelled = Avbrutna
status-jobs = Jobb som går av sig själva
status-job = Jobb
status-last = Senast
status-next = Nästa gång
status-running = Pågår
status-never = Inte än
status-no-jobs = Inga jobb än. De läggs in när tjänsten startas med samhandla serve.

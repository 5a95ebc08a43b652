### Att justera vad matchningen går efter i ett behov.

tuning-link = Justera matchningen
tuning-tuned = justerad
tuning-title = Justera matchningen
tuning-lead = Hjälp matchningen när köparens ord, koder eller plats inte räcker. Köparens text ändras inte. Du ser vad det skulle ge innan du sparar.
tuning-preview = Inte sparat än.
tuning-gained = { $count ->
    [0] Ingen tillkommer.
    [one] 1 tillkommer.
   *[other] { $count } tillkommer.
}
tuning-lost = { $count ->
    [0] Ingen försvinner.
    [one] 1 försvinner.
   *[other] { $count } försvinner.
}
tuning-holds = En justering gäller nu. Den ligger kvar även när en ny version av annonsen kommer in.
tuning-who = Vilka som får förslaget
tuning-nobody = Ingen ASF passar. Lägg till ord, eller lägg till en ASF själv här nedanför.
tuning-change-new = tillkommer
tuning-change-gone = försvinner
tuning-change-stronger = starkare
tuning-change-weaker = svagare
tuning-change-same = som nu
tuning-before = Nu:
tuning-after = Efter:
tuning-none = inget förslag
tuning-answered = Har redan svarat. Svaret står kvar.
tuning-added = { $name } är tillagd av samordnaren
tuning-exclude = Ta inte med { $name }
tuning-correct = Rätta
tuning-words = Ord som säger vad jobbet är
tuning-hint-words = De läggs till köparens egna ord.
tuning-sector = Bransch
tuning-no-sector = Lägg inte till någon
tuning-cpv = Rätt CPV-koder
tuning-hint-cpv = Gäller i stället för annonsens: { $codes }
tuning-places = Rätt plats
tuning-hint-places = Kommun eller kod, till exempel Habo eller 06. Gäller i stället för annonsens: { $places }
tuning-new-asf = Lägg till en ASF
tuning-hint-new-asf = Namn, en del av namnet eller organisationsnummer.
tuning-reason = Varför
tuning-hint-reason = Behövs när du lägger till eller tar bort en ASF. Den du lägger till får läsa det.
tuning-show = Visa vad det skulle ge
tuning-save = Spara justeringen
tuning-history = Tidigare justeringar
tuning-taken-back = Togs tillbaka { $at } av { $by }
tuning-replaced = Ersatt av en senare
tuning-count-added = { $count ->
    [one] 1 ASF tillagd
   *[other] { $count } ASF tillagda
}
tuning-count-excluded = { $count ->
    [one] 1 ASF borttagen
   *[other] { $count } ASF borttagna
}
tuning-take-back = Ta tillbaka justeringen

rejected-tuning-empty = Skriv eller välj något att ändra.
rejected-tuning-length = Skriv högst 300 tecken.
rejected-tuning-many = Det är för många. Högst 50.
rejected-tuning-reason = Skriv varför du lägger till eller tar bort en ASF.
rejected-tuning-asf-unknown = Vi hittar ingen ASF som heter så. Skriv en del av namnet eller organisationsnumret.
rejected-tuning-asf-several = Flera ASF heter så. Skriv mer av namnet, eller organisationsnumret.

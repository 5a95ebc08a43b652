### Samordnarens vecka: det som behöver en människa.

coordinator-subject =
    { $count ->
        [one] Vecka { $week }: en sak behöver dig
       *[other] Vecka { $week }: { $count } saker behöver dig
    }
coordinator-lead = Det här behöver en människa den här veckan:
coordinator-matter-need =
    { $count ->
        [one] Ett behov väntar på ditt ja
       *[other] { $count } behov väntar på ditt ja
    }
coordinator-do-need = De mejlas inte förrän du har godkänt dem.
coordinator-matter-address =
    { $count ->
        [one] En adress fungerar inte
       *[other] { $count } adresser fungerar inte
    }
coordinator-do-address = Ring och fråga efter en ny.
coordinator-matter-task =
    { $count ->
        [one] En annan uppgift väntar
       *[other] { $count } andra uppgifter väntar
    }
coordinator-do-task = Läs och bocka av.
coordinator-matter-proposal =
    { $count ->
        [one] Ett förslag till liggaren
       *[other] { $count } förslag till liggaren
    }
coordinator-do-proposal = Stämmer de? Godkänn eller lägg undan.
coordinator-matter-claim =
    { $count ->
        [one] En uppgift i liggaren saknar underlag
       *[other] { $count } uppgifter i liggaren saknar underlag
    }
coordinator-do-claim = De har väntat i 30 dagar. Fråga efter en faktura eller ett avtal.
coordinator-matter-silent-30 =
    { $count ->
        [one] Ett företag har inte svarat på en månad
       *[other] { $count } företag har inte svarat på en månad
    }
coordinator-do-silent-30 = Ring och fråga om breven passar dem.
coordinator-matter-silent-10 =
    { $count ->
        [one] Ett företag har inte svarat på tio dagar
       *[other] { $count } företag har inte svarat på tio dagar
    }
coordinator-do-silent-10 = En påminnelse kan hjälpa.
coordinator-matter-profile =
    { $count ->
        [one] Ett företag har inte sagt om profilen stämmer
       *[other] { $count } företag har inte sagt om profilen stämmer
    }
coordinator-do-profile = Vi frågade för mer än en månad sedan.
coordinator-matter-gap =
    { $count ->
        [one] Ett behov passar ingen
       *[other] { $count } behov passar ingen
    }
coordinator-do-gap = Känner du någon som kan? Lägg till det i profilen.
coordinator-more =
    { $count ->
        [one] och en till
       *[other] och { $count } till
    }
coordinator-why = Du får mejlet för att du är samordnare i { $service }. Det kommer på måndagar, och bara när något väntar.

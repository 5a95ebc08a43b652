### Sammanfattning av svaren, till köparen.

answer-summary-subject = Svar på ditt behov: { $title }
answer-summary-lead = Så här har de sociala företagen svarat hittills på:
answer-summary-yes = De här vill göra jobbet:
answer-summary-maybe = De här funderar:
answer-summary-no =
    { $count ->
        [one] Ett företag tackar nej:
       *[other] { $count } företag tackar nej:
    }
answer-summary-reason-wrong-work = { $count }: det är inte sådant arbete som de gör
answer-summary-reason-too-large = { $count }: jobbet är för stort
answer-summary-reason-wrong-place = { $count }: det är för långt bort
answer-summary-reason-no-time = { $count }: de hinner inte nu
answer-summary-reason-other = { $count }: något annat skäl
answer-summary-silent =
    { $count ->
        [0] Ingen mer är tillfrågad.
        [one] Ett företag har inte svarat än.
       *[other] { $count } företag har inte svarat än.
    }
answer-summary-next-yes = Har du inte hört av dig till dem som vill? De väntar på dig.
answer-summary-next = Du behöver inte göra något. Säger någon ja får du ett mejl med adressen.

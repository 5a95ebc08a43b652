### Samordnaren granskar behov och profiler.

mail-rules-profiles = Nya profiler väntar på godkännande innan de syns och får förslag
reviews-title = Granska
reviews-lead = Det som väntar på ett ja. Vad som väntar bestämmer du under
reviews-rules = Utskick
reviews-needs = Behov
reviews-no-needs = Inga behov väntar.
reviews-profiles = Profiler
reviews-no-profiles = Inga profiler väntar.
reviews-before = Sagt tidigare
reviews-said-approve = Godkänt
reviews-said-change = Bad om en ändring
reviews-said-reject = Nej
reviews-say = Ditt svar
reviews-mailed = Svaret mejlas till { $email }.
reviews-not-mailed = Vi har ingen e-postadress, så svaret mejlas inte.
reviews-verdict = Vad säger du?
reviews-approve = Godkänn
reviews-hint-approve = Det kan mejlas från och med nu.
reviews-change = Be om en ändring
reviews-hint-change = Det väntar tills du har godkänt det.
reviews-reject = Säg nej
reviews-hint-reject = Det mejlas inte.
reviews-words = Dina ord
reviews-hint-words = De står i mejlet. Behövs när du ber om en ändring eller säger nej.
reviews-send = Skicka svaret

review-subject-approve = Godkänt: { $title }
review-subject-change = Kan du ändra det här? { $title }
review-subject-reject = Vi kan inte ta med: { $title }
review-mail-need-approve = Vi har läst och godkänt ditt behov:
review-mail-need-change = Vi har läst ditt behov och behöver din hjälp innan vi skickar det vidare:
review-mail-need-reject = Vi har läst ditt behov men skickar det inte vidare:
review-mail-profile-approve = Vi har läst och godkänt er profil:
review-mail-profile-change = Vi har läst er profil och behöver er hjälp innan vi visar den:
review-mail-profile-reject = Vi har läst er profil men visar den inte:
review-mail-words = Samordnaren skriver:
review-mail-after-approve = Nu går det vidare. Här är sidan:
review-mail-after-change = Hör av dig och berätta vad som ska stå i stället, så ändrar vi. Vår adress står längst ner. Här är sidan:
review-mail-after-reject = Har vi missförstått? Hör av dig så pratar vi. Vår adress står längst ner. Här är sidan:
review-mail-button = Öppna sidan
review-mail-why = Du får mejlet för att din adress står vid behovet eller profilen.

rejected-approval = Okänt läge.
rejected-verdict = Välj om du godkänner, ber om en ändring eller säger nej.
rejected-review-words = Skriv vad som ska ändras, eller varför du säger nej.
rejected-review-length = Skriv högst 1 000 tecken.

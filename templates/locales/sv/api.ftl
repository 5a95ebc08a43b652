# API: nycklar, problem och sidan som beskriver anropen.

api-problem-no-key = Ingen giltig nyckel
api-problem-no-key-detail = Skicka en nyckel i huvudet Authorization: Bearer. Nycklar skapas på sidan API-nycklar.
api-problem-no-scope = Nyckeln räcker inte
api-problem-no-scope-detail = Nyckeln saknar en behörighet som anropet behöver. Skapa en nyckel som har den.
api-problem-forbidden = Inte tillåtet
api-problem-forbidden-detail = Det här får din roll inte göra.
api-problem-not-found = Finns inte
api-problem-not-found-detail = Det du frågar efter finns inte, eller är inte ditt att se.
api-problem-method = Fel metod
api-problem-method-detail = Adressen finns men tar inte emot den här metoden. Allow säger vilka som går.
api-problem-rejected = Något värde är fel
api-problem-rejected-detail = Rätta det som står i errors och skicka igen. Inget är sparat.
api-problem-conflict = Redan gjort, eller för sent
api-problem-conflict-detail = Det är redan gjort eller går inte längre. Hämta det på nytt och se hur det står.
api-problem-stale = Ändrat av någon annan
api-problem-stale-detail = Det har ändrats sedan du läste det. Hämta det på nytt och gör ändringen igen.
api-problem-media-type = Fel format
api-problem-media-type-detail = Skicka JSON med Content-Type: application/json.
api-problem-too-large = För stort
api-problem-too-large-detail = Du skickade mer än vi tar emot.
api-problem-too-many = För många anrop
api-problem-too-many-detail = Vänta så många sekunder som Retry-After säger.
api-problem-away = Databasen svarar inte
api-problem-away-detail = Försök igen om en stund. Inget är sparat.
api-problem-broken = Något gick fel hos oss
api-problem-broken-detail = Felet är noterat. Försök igen om en stund.

rejected-limit = Ange ett helt tal från 1 till 100.
rejected-cursor = Använd next från sidan före, med samma frågor som då.
rejected-body-json = Det här går inte att läsa som JSON.
rejected-json-value = Värdet saknas, har fel typ eller finns inte i beskrivningen.
rejected-query = En parameter finns inte i beskrivningen, eller står två gånger.
rejected-token-name = Ge nyckeln ett namn, högst 80 tecken.
rejected-scope = Den behörigheten finns inte.
rejected-scopes-empty = Välj minst en behörighet.
rejected-token-days = Ange hur många dagar nyckeln ska gälla, 1 till 366.
rejected-token-too-many = Du har 20 nycklar. Ta bort en som du inte använder.

task-kind-webhook-stopped = En webbkrok svarar inte och är stoppad. Ring den som har lagt upp den.

api-problem-no-condition = If-Match saknas
api-problem-no-condition-detail = Skicka det ETag du läste i huvudet If-Match, så att ingen ändring skriver över en annan.
api-problem-key-reused = Nyckeln för anropet är använd
api-problem-key-reused-detail = Samma Idempotency-Key har skickats med ett annat innehåll. Använd en ny.
api-problem-key-in-use = Samma anrop pågår
api-problem-key-in-use-detail = Ett anrop med samma Idempotency-Key är inte klart än. Försök igen om en stund.
api-problem-told-once = Svaret visas bara en gång
api-problem-told-once-detail = Anropet är redan gjort, och svaret innehöll en hemlighet. Ta bort det som skapades och gör om med en ny nyckel.

rejected-idempotency-key = Använd 1 till 200 tecken: bokstäver, siffror, punkt, kolon, streck.
rejected-id = Ange numret på ett ASF.
rejected-entry-kind = Det slaget av händelse finns inte.
rejected-webhook-url = Ange en adress som börjar med https:// och kan nås utifrån.
rejected-webhook-event = Välj minst en av händelserna pairing.answered och deal.recorded.
rejected-webhook-too-many = Du har 10 webbkrokar. Ta bort en som du inte använder.

api-nav = API
api-title = API för andra system
api-lead = Allt som går att göra på sidorna kan ett annat system göra här, med samma regler för vem som får se vad.
api-document = Beskrivning för program (OpenAPI 3.1)
api-how = Så gör du
api-how-base = Alla anrop börjar med den här adressen:
api-how-key = Skicka en nyckel i huvudet Authorization: Bearer. Du skapar nycklar på sidan API-nycklar.
api-how-scope = En nyckel har behörigheter, till exempel read:needs. Den kan aldrig mer än du själv.
api-how-language = Svenska är förvalt. Skicka Accept-Language: en för engelska.
api-how-page = Listor kommer en sida i taget. Skicka next som cursor för att få nästa.
api-how-once = Skicka Idempotency-Key med POST. Då görs anropet en gång, även om du skickar det två gånger.
api-how-match = När två kan ändra samma sak måste du skicka det ETag du läste, som If-Match.
api-how-limit = Gör du för många anrop får du svar 429. Retry-After säger hur många sekunder du ska vänta.
api-calls = Anrop
api-calls-language = Fälten är beskrivna på engelska, som i OpenAPI.
api-call = Anrop
api-does = Vad det gör
api-scope = Behörighet
api-name = Namn
api-type = Typ
api-meaning = Betydelse
api-required = krävs
api-takes = Tar emot
api-body = Innehåll
api-gives = Svar
api-answers = Svarskoder
api-webhooks = Webbkrokar
api-webhooks-text = Vi berättar för ditt system när något händer. Varje meddelande är signerat enligt Standard Webhooks: HMAC-SHA-256 över webhook-id, webhook-timestamp och innehållet, med punkt emellan. Svara med 2xx inom tio sekunder. Annars försöker vi igen upp till sex gånger under drygt ett dygn.
api-problems = När något går fel
api-problems-text = Varje fel är application/problem+json. Fältet type leder hit, och errors säger vilket fält som är fel.

api-tokens-title = API-nycklar
api-tokens-lead = Med en nyckel kan ett annat system göra det som du får göra. Ge varje system en egen.
api-tokens-made = Nyckeln är klar
api-tokens-made-text = Kopiera den nu och spara den säkert. Den visas bara den här gången.
api-tokens-yours = Dina nycklar
api-tokens-until = Gäller till { $date }
api-tokens-ended = Slutade gälla { $date }
api-tokens-used = Användes senast { $date }
api-tokens-unused = Har inte använts
api-tokens-revoke = Ta bort
api-tokens-revoke-of = Ta bort nyckeln { $name }
api-tokens-new = Ny nyckel
api-tokens-name = Vad är den till för?
api-tokens-name-hint = Till exempel Ekonomisystemet
api-tokens-scopes = Vad får den göra?
api-tokens-scopes-hint = Välj bara det som behövs. read läser och write ändrar.
api-tokens-days = Hur länge ska den gälla?
api-tokens-day =
    { $count ->
        [one] en dag
       *[other] { $count } dagar
    }
api-tokens-create = Skapa nyckel

webhooks-title = Webbkrokar
webhooks-lead = Vi kan berätta för ett annat system när något händer. Det får bara veta det som du själv får se.
webhooks-made = Webbkroken är klar
webhooks-made-text = Med den här hemligheten kontrollerar ditt system att meddelandet kommer från oss. Kopiera den nu, den visas bara den här gången.
webhooks-yours = Dina webbkrokar
webhooks-since = Sedan { $date }
webhooks-stopped = Stoppad { $date }
webhooks-stopped-text = Den är stoppad eftersom ingen svarade. Prova den igen när felet är rättat.
webhooks-new = Ny webbkrok
webhooks-url = Adress
webhooks-url-hint = Börjar med https:// och går att nå utifrån
webhooks-events = Vad ska den få veta?
webhooks-event-pairing-answered = Ett ASF har svarat
webhooks-event-deal-recorded = En affär är antecknad
webhooks-create = Skapa webbkrok
webhooks-log = Webbkrok
webhooks-test = Prova
webhooks-remove = Ta bort
webhooks-told = Det senaste vi har skickat
webhooks-event = Händelse
webhooks-at = När
webhooks-state = Läge
webhooks-state-waiting = väntar
webhooks-state-delivered = framme
webhooks-state-failed = kom inte fram
webhooks-again = (nytt försök { $date })
webhooks-attempts = Försök
webhooks-status = Svar
webhooks-none = Inget har skickats än.

rejected-words-length = Sök med högst 500 tecken.
rejected-code-text = Skriv 1 till 1 000 tecken.
rejected-file-name = Ge filen ett namn på högst 120 tecken.

# The API: keys, problems, and the page that describes the calls.

api-problem-no-key = No valid key
api-problem-no-key-detail = Send a key in the header Authorization: Bearer. Keys are made on the page API keys.
api-problem-no-scope = The key is not enough
api-problem-no-scope-detail = The key lacks a scope that the call needs. Make a key that has it.
api-problem-forbidden = Not allowed
api-problem-forbidden-detail = Your role may not do this.
api-problem-not-found = Not found
api-problem-not-found-detail = What you ask for does not exist, or is not yours to see.
api-problem-method = Wrong method
api-problem-method-detail = The address exists but does not take this method. Allow says which ones it takes.
api-problem-rejected = A value is wrong
api-problem-rejected-detail = Correct what errors names and send it again. Nothing is saved.
api-problem-conflict = Already done, or too late
api-problem-conflict-detail = It is done already or no longer possible. Read it again to see how it stands.
api-problem-stale = Changed by somebody else
api-problem-stale-detail = It has changed since you read it. Read it again and make your change anew.
api-problem-media-type = Wrong format
api-problem-media-type-detail = Send JSON with Content-Type: application/json.
api-problem-too-large = Too large
api-problem-too-large-detail = You sent more than we take.
api-problem-too-many = Too many calls
api-problem-too-many-detail = Wait as many seconds as Retry-After says.
api-problem-away = The database does not answer
api-problem-away-detail = Try again in a while. Nothing is saved.
api-problem-broken = Something failed on our side
api-problem-broken-detail = The failure is noted. Try again in a while.

rejected-limit = Give a whole number from 1 to 100.
rejected-cursor = Use next of the page before, with the same questions as then.
rejected-body-json = This cannot be read as JSON.
rejected-json-value = The value is missing, of the wrong type, or not in the description.
rejected-query = A parameter is not in the description, or stands twice.
rejected-token-name = Name the key, in at most 80 characters.
rejected-scope = There is no such scope.
rejected-scopes-empty = Choose at least one scope.
rejected-token-days = Say how many days the key shall live, 1 to 366.
rejected-token-too-many = You have 20 keys. Remove one that you do not use.

task-kind-webhook-stopped = A webhook does not answer and is stopped. Call the one who set it up.

api-problem-no-condition = If-Match is missing
api-problem-no-condition-detail = Send the ETag that you read in the header If-Match, so that no change overwrites another.
api-problem-key-reused = The key of the call is used
api-problem-key-reused-detail = The same Idempotency-Key was sent with another body. Use a new one.
api-problem-key-in-use = The same call is under way
api-problem-key-in-use-detail = A call with the same Idempotency-Key has not ended yet. Try again in a while.
api-problem-told-once = The answer is told once
api-problem-told-once-detail = The call is done, and its answer held a secret. Remove what was made and do it again with a new key.

rejected-idempotency-key = Use 1 to 200 characters: letters, digits, point, colon, dash.
rejected-id = Give the number of an ASF.
rejected-entry-kind = There is no such kind of event.
rejected-webhook-url = Give an address that begins with https:// and can be reached from outside.
rejected-webhook-event = Choose at least one of the events pairing.answered and deal.recorded.
rejected-webhook-too-many = You have 10 webhooks. Remove one that you do not use.

api-nav = API
api-title = API for other systems
api-lead = Whatever the pages do, another system can do here, by the same rules for who may see what.
api-document = Description for programs (OpenAPI 3.1)
api-how = How to
api-how-base = Every call begins with this address:
api-how-key = Send a key in the header Authorization: Bearer. You make keys on the page API keys.
api-how-scope = A key has scopes, for example read:needs. It can never do more than you can.
api-how-language = Swedish is the default. Send Accept-Language: en for English.
api-how-page = Lists come a page at a time. Send next as cursor to get the next one.
api-how-once = Send Idempotency-Key with POST. Then the call is done once, even if you send it twice.
api-how-match = Where two may change the same thing you must send the ETag that you read, as If-Match.
api-how-limit = Too many calls are answered with 429. Retry-After says how many seconds to wait.
api-calls = Calls
api-calls-language = The fields are described in English, as in OpenAPI.
api-call = Call
api-does = What it does
api-scope = Scope
api-name = Name
api-type = Type
api-meaning = Meaning
api-required = required
api-takes = Takes
api-body = Body
api-gives = Answer
api-answers = Status codes
api-webhooks = Webhooks
api-webhooks-text = We tell your system when something happens. Every message is signed as Standard Webhooks has it: HMAC-SHA-256 over webhook-id, webhook-timestamp and the body, with points between. Answer with 2xx within ten seconds. Otherwise we try again up to six times in a little more than a day.
api-problems = When something goes wrong
api-problems-text = Every failure is application/problem+json. The field type leads here, and errors says which field is wrong.

api-tokens-title = API keys
api-tokens-lead = With a key another system can do what you may do. Give each system its own.
api-tokens-made = The key is ready
api-tokens-made-text = Copy it now and keep it safe. It is shown this once.
api-tokens-yours = Your keys
api-tokens-until = Lives until { $date }
api-tokens-ended = Ended { $date }
api-tokens-used = Last used { $date }
api-tokens-unused = Has not been used
api-tokens-revoke = Remove
api-tokens-revoke-of = Remove the key { $name }
api-tokens-new = New key
api-tokens-name = What is it for?
api-tokens-name-hint = For example The accounting system
api-tokens-scopes = What may it do?
api-tokens-scopes-hint = Choose only what is needed. read reads and write changes.
api-tokens-days = How long shall it live?
api-tokens-day =
    { $count ->
        [one] one day
       *[other] { $count } days
    }
api-tokens-create = Make the key

webhooks-title = Webhooks
webhooks-lead = We can tell another system when something happens. It is told only what you may see yourself.
webhooks-made = The webhook is ready
webhooks-made-text = With this secret your system checks that a message comes from us. Copy it now, it is shown this once.
webhooks-yours = Your webhooks
webhooks-since = Since { $date }
webhooks-stopped = Stopped { $date }
webhooks-stopped-text = It is stopped since nobody answered. Try it again when the fault is mended.
webhooks-new = New webhook
webhooks-url = Address
webhooks-url-hint = Begins with https:// and can be reached from outside
webhooks-events = What shall it be told?
webhooks-event-pairing-answered = An ASF has answered
webhooks-event-deal-recorded = A deal is recorded
webhooks-create = Make the webhook
webhooks-log = Webhook
webhooks-test = Try it
webhooks-remove = Remove
webhooks-told = The latest we have sent
webhooks-event = Event
webhooks-at = When
webhooks-state = State
webhooks-state-waiting = waits
webhooks-state-delivered = arrived
webhooks-state-failed = did not arrive
webhooks-again = (next attempt { $date })
webhooks-attempts = Attempts
webhooks-status = Answer
webhooks-none = Nothing has been sent yet.

rejected-words-length = Search with at most 500 characters.
rejected-code-text = Write 1 to 1,000 characters.
rejected-file-name = Give the file a name of at most 120 characters.

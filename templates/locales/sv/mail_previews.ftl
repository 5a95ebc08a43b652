### Så ser mejlen ut: förhandsvisning och provmejl. Namnen är påhittade.

previews-title = Så ser mejlen ut
previews-lead = Varje sorts mejl med påhittade uppgifter. Egna mallar i mappen templates i datakatalogen gäller också här.
previews-swedish = Svenska
previews-english = Engelska
previews-subject = Ämne
previews-kind-sign-in = Logga in
previews-kind-confirm-need = Bekräfta ett behov
previews-kind-weekly-digest = Veckobrevet
previews-kind-introduction-asf = Ett ja, till företaget
previews-kind-introduction-buyer = Ett ja, till köparen
previews-kind-answer-summary = Svaren hittills, till köparen
previews-kind-confirm-entry = Bekräfta en uppgift i liggaren
previews-kind-invitation = Inbjudan
previews-kind-follow-up = Uppföljning
previews-kind-profile-check = Årlig koll av profilen
previews-kind-coordinator-week = Samordnarens vecka
previews-kind-review = Svar på granskning
mail-test-subject = Prov: { $subject }
sample-asf = Kulturverkstan
sample-other-asf = Gröna Handen
sample-buyer = Vätterbygg AB
sample-place = Jönköping
sample-need = Städning av kontoret i Tranås
sample-other-need = Fönsterputs två gånger om året
sample-word = städning
sample-note = Vi kan börja i januari.

### Nästa veckobrev, innan det går.

forecast-title = Nästa veckobrev
forecast-lead = Så här blir breven om inget händer tills de går, och det här skiljer från förra brevet.
forecast-due = Går { $when }
forecast-never = Inget brev är planerat.
forecast-new = Ny
forecast-changed = Nämnd förut: stänger snart eller är ändrad
forecast-gone = Borta sedan förra brevet
forecast-gone-answered = besvarad
forecast-gone-closed = stängd, eller passar inte längre
forecast-gone-said = redan nämnd, väntar på svar
forecast-skipped-nothing = Inget brev: det finns inget nytt.
forecast-skipped-no-email = Inget brev: adress saknas.
forecast-skipped-unsubscribed = Inget brev: företaget har sagt nej till brevet.
forecast-skipped-suppressed = Inget brev: adressen fungerar inte.
forecast-skipped-paused = Inget brev: företaget har paus.
forecast-skipped-already = Veckans brev har redan gått.
forecast-skipped-too-soon = Inget brev: det förra gick för mindre än ett dygn sedan.
forecast-next = Visa fler
forecast-empty = Inga fler företag.

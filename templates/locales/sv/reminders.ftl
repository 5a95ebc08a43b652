### Påminnelse till ett företag som inte har svarat.

reminder-heading = Påminn dem
reminder-hint = De har inte svarat än. Du kan påminna en gång.
reminder-button = Skicka en påminnelse
reminder-subject = Påminnelse: { $title }
reminder-lead = { $buyer } väntar på ert svar. Vi mejlade er om det här { $when }:
reminder-how = Välj ett svar och bekräfta på sidan som öppnas. Ni behöver inte logga in.
reminder-why = Ni får mejlet för att ni inte har svarat i { $service }. Den som har behovet kan påminna en gång.

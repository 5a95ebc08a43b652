### Reminding an enterprise that has not answered.

reminder-heading = Remind them
reminder-hint = They have not answered yet. You can remind them once.
reminder-button = Send a reminder
reminder-subject = Reminder: { $title }
reminder-lead = { $buyer } is waiting for your answer. We mailed you about this on { $when }:
reminder-how = Choose an answer and confirm it on the page that opens. You need not sign in.
reminder-why = You get this mail because you have not answered in { $service }. The one who has the need can remind you once.

### The next weekly mail, before it goes.

forecast-title = The next weekly mail
forecast-lead = This is what the mails will say if nothing happens until they go, and how they differ from the last.
forecast-due = Goes { $when }
forecast-never = No mail is planned.
forecast-new = New
forecast-changed = Mentioned before: closes soon or has changed
forecast-gone = Gone since the last mail
forecast-gone-answered = answered
forecast-gone-closed = closed, or fits no more
forecast-gone-said = mentioned already, waits for an answer
forecast-skipped-nothing = No mail: there is nothing new.
forecast-skipped-no-email = No mail: there is no address.
forecast-skipped-unsubscribed = No mail: the ASF has said no to it.
forecast-skipped-suppressed = No mail: the address does not work.
forecast-skipped-paused = No mail: the ASF is paused.
forecast-skipped-already = This week's mail has gone already.
forecast-skipped-too-soon = No mail: the last went less than a day ago.
forecast-next = Show more
forecast-empty = No more ASF.

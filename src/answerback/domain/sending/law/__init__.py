"""What law and carriers ask of the hour and the number of texts, as dated data with sources. Review it with counsel."""

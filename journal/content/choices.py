"""The closed lists of answers that terms, items and facts share. Ids only; wording is in messages/."""

YES_NO = ("yes", "no", "not_sure")
PASSED = ("during", "by_end", "within_2h", "same_day", "next_day", "still_here")
VALENCE = (-2, -1, 0, 1, 2)
EMOTIONS = ("sad", "joyful", "angry", "afraid", "loving", "grateful", "ashamed", "calm", "empty")
OPENED = ("yes", "a_little", "no", "too_soon")
STEP_DONE = ("yes", "partly", "not_yet")

ROUTES = ("iv", "im", "nasal", "sublingual", "oral", "subcutaneous", "other", "dont_know")
POSITIONS = ("seated", "reclined", "lying")
SETTINGS = ("clinic", "home")
DOSE_UNITS = ("mg", "mg_per_kg", "unknown")

LIMBS = ("hands", "feet", "arms", "legs", "face_mouth", "all_over")

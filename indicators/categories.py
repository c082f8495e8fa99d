"""The categories figures are broken down by, each list in the order it is shown and broken ties by.

Belongs here: the closed lists of the specification, in the trade's own Danish spelling. Not here: who falls in which
category (`people`), benefit groups and states (`codes`), and job centres, which are what the data name.
"""

from __future__ import annotations

NOT_STATED = "uoplyst"

TARGET_GROUP_RULES = BY_IMPAIRMENT, BY_GRANT, BY_EITHER = (
    "registered-impairment v1",
    "granted-compensation v1",
    "either v1",
)
"""What makes somebody of the population one of the target group; the first rule is the one used where none is chosen."""

SEXES = ("M", "K")
AGE_STARTS = (16, 25, 30, 40, 50, 60)
DISTRICTS = (
    "Indre By",
    "Østerbro",
    "Nørrebro",
    "Vesterbro/Kgs. Enghave",
    "Valby",
    "Vanløse",
    "Brønshøj-Husum",
    "Bispebjerg",
    "Amager Øst",
    "Amager Vest",
    "Udenbys",
)
IMPAIRMENTS = (
    "fysisk",
    "psykisk",
    "kognitiv",
    "udviklingsforstyrrelse",
    "udviklingshæmning",
    "hjerneskade",
    "hjernerystelse",
    "syn",
    "hørelse",
    "andet",
)
VISIBILITIES = ("usynlig", "synlig")
SCHEMES = (
    "personlig assistance",
    "hjælpemidler",
    "fortrinsadgang",
    "isbryder",
    "mentor",
    "opkvalificering",
)
FLEKSJOB_KINDS = ("fleksjob", "fastholdelsesfleksjob")
PROGRAMMES = (
    "afklaring",
    "specialiseret afklaring",
    "peer-mentor",
    "peer-mentor efterværn",
    "ips",
    "mentor sof",
    "afklaring sof",
    "brobygning hf",
    "specialiserede uddannelsesveje",
    "stu-prototype",
    "rygcenter",
    "jobklub",
)
SUBGROUP_MARK = ": "
"""What stands between a programme and its sub-group."""
EMPLOYER_KINDS = ("virksomhed", "uddannelsesinstitution")
TOPICS = ("information", "rådgivning", "rekruttering", "fleksjobåbning", "erfaringsudveksling")
ADMINISTRATIONS = ("BIF", "BUF", "KFF", "SOF", "SUF", "TMF", "ØKF")
SHARING_ADMINISTRATIONS = ("SOF", "SUF", "BUF")
STAFF_SCHEMES = ("fleksjob", "løntilskud", "nytteindsats", "virksomhedspraktik")
ROLES = ("handicapkonsulent", "virksomhedskonsulent", "peer-mentor", "nøgleperson")
STATUSES = (
    "ikke startet",
    "i gang",
    "gennemført",
    "forsinket",
    "afventer midler",
    "afventer beslutning",
    "ikke finansieret",
    "udgået",
)
STATUS_NOT_STATED = "ikke oplyst"
AFTER_COURSE = ("fleksjob", "job", "education", "unemployed", "other")
DESTINATIONS = ("job", "education", "supported_job", "other_benefit", "self_support")

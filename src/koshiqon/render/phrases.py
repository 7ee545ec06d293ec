"""Every sentence of the interface by its code, in English; the catalogs under locale/ hold the other languages.

`{name}` stands for a value of the phrase. A pair is singular and plural; the phrase's `count` chooses, and each language has its own plural forms.
"""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for a message that is translated later)
    return message


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802
    return one, many


PHRASES: dict[str, str | tuple[str, str]] = {
    # flows
    "flows_last_year": N_(
        "In {year} {arrivals} people were registered as arriving to live in the country and {departures} as leaving it: a balance of {balance}."
    ),
    "flows_whole": N_(
        "From {first} to {last} the registered balance adds up to {total} people; it was negative in {lost} of {counted} years."
    ),
    "chart_flows": N_(
        "The registered balance was lowest in {worst}, at {lowest}; arrivals and departures, {first} to {last}"
    ),
    "chart_flows_measured": N_(
        "People a year, by registration and de-registration of residence. Numbered lines are changes of law, listed below."
    ),
    "table_flows": N_("External migration by registration, people a year"),
    "estimates_sign": NN_(
        "Registered balance and {estimate} differ even in sign in {opposite} of {compared} years.",
        "Registered balance and {estimate} differ even in sign in {opposite} of {compared} years.",
    ),
    "chart_estimates": NN_(
        "Counts and estimates of net migration disagree on the sign in {opposite} of {compared} years",
        "Counts and estimates of net migration disagree on the sign in {opposite} of {compared} years",
    ),
    "chart_estimates_measured": N_(
        "People a year, arrivals less departures. Solid: counted by registration. Dashed: estimated by models."
    ),
    # protection
    "refugees_last_year": N_("At the end of {year} UNHCR counted {refugees} refugees of known origin in the country."),
    "refugees_and_seekers_last_year": N_(
        "At the end of {year} UNHCR counted {refugees} refugees of known origin and {seekers} asylum seekers in the country."
    ),
    "refugees_unknown_origin": N_(
        "Besides, the same statistics held {unknown} people of unknown origin in {year}: an estimate of people in a refugee-like situation, not recognitions."
    ),
    "chart_refugees": N_(
        "Recognised refugees stay few; the peak of recent years is an estimate of people of unknown origin"
    ),
    "chart_refugees_measured": N_(
        "People at the end of the year, by UNHCR. Hatched: estimates, not recognitions. A torn line marks a break in the series."
    ),
    "table_procedure": N_("Asylum applications and decisions in the country by year"),
    "rounded_by_unhcr": N_(
        "UNHCR rounds small numbers to protect people; a zero and a missing figure cannot be told apart."
    ),
    # changes
    "changes_counted": NN_(
        "The register holds {all} change of policy, {since} of them since 2020.",
        "The register holds {all} changes of policy, {since} of them since 2020.",
    ),
    "changes_directions": N_(
        "Since 2020 {more} made a rule more restrictive and {less} less restrictive; {other} have no direction or could not be judged."
    ),
    "changes_caution": N_(
        "Direction is judged against the law just before, by one coder; a count says nothing about weight."
    ),
    "table_changes_by_theme": N_("Changes of policy by theme and direction, before 2020 and since"),
    "themes_overlap": N_("A change may belong to more than one theme, so the rows do not add up to the register."),
    "chart_changes": N_("Changes of policy a year, by direction"),
    "chart_changes_measured": N_(
        "Number of dated changes in the register, by the year in which they took effect or, failing that, were adopted."
    ),
    "table_register": N_("Register of policy changes, {first} to {last}"),
    "see_conflict": N_("Sources differ: {conflict}"),
    # stay
    "stay_counted": NN_(
        "On {day} holders of passports of {states} state or territory may enter without a visa under a rule or treaty of their own.",
        "On {day} holders of passports of {states} states and territories may enter without a visa under a rule or treaty of their own.",
    ),
    "stay_default": N_(
        "The general rule for visitors without a visa is {per_entry} days a visit and {in_window} days in any {window} days."
    ),
    "table_stay_neighbours": N_("Stay without a visa on {day}: Central Asia and the CIS first"),
    "table_stay_others": N_("Stay without a visa on {day}: other states"),
    "days_in_window": N_("{in_window} in {window}"),
    "enforced_since": N_("applied from {day}"),
    "not_enforced_until": N_("not applied until {day}"),
    "read_until_warning": N_(
        "The day asked is later than the texts that were read. A change after these days would not be seen here:"
    ),
    "act_read_until": N_("{act}: read until {day}."),
    "acts_unread": N_("The text itself was not read: {acts}."),
    "stay_changed": NN_(
        "Between {first} and {last} the rules of stay changed for holders of passports of {number} state or territory.",
        "Between {first} and {last} the rules of stay changed for holders of passports of {number} states and territories.",
    ),
    "table_stay_changed": N_("What changed for whom between {first} and {last}"),
    "limit": N_("{per_entry} days a visit"),
    "limit_in_window": N_("{per_entry} days a visit, {in_window} in any {window}"),
    "stay_undecided": NN_(
        "For {states} more it cannot be told; the tables say why.",
        "For {states} more it cannot be told; the tables say why.",
    ),
    "at_least_days": N_("{days} at least; then: {why}"),
    "rule_of_stay": N_("{text} ({provision})"),
    "visitor_counted": N_(
        "Days are counted from the day of entry, for a visitor who enters on that day for the first time."
    ),
    "visitor_assumed": N_("Assumed of the visitor: {facts}. Nothing else is assumed but the answer no."),
    "question_answered": N_("{question} {answer}"),
    # why something cannot be told
    "doubt_fact": N_("not said: {name}"),
    "doubt_officer": N_("an officer or a court decides: {name}"),
    "doubt_not_defined": N_("the law does not say: {name}"),
    "doubt_not_modelled": N_("not in the data: {name}"),
    "doubt_conflict": N_("sources differ: {name}"),
    # worked histories
    "histories_intro": N_(
        "These lives are invented. Each shows one thing about how days are counted; the answers are computed by the rules, as for anybody."
    ),
    "history_given": N_("Citizenship: {area}. In the country: {trips}. Judged on {day}."),
    "history_permits": N_("Papers: {permits}."),
    "from_to": N_("{first} to {last}"),
    "since_day": N_("since {first}"),
    "named_days": N_("{name}: {days}"),
    "history_parted": N_("Law and practice answer differently."),
    "law_and_practice_alike": N_("Law and practice answer alike."),
    "side_of_reading": N_("{reading}: {text}"),
    "history_lawful": N_("On {on} the stay is lawful; its last lawful day is {last}."),
    "history_lawful_open": N_("On {on} the stay is lawful, and no last day is set."),
    "history_overstayed": NN_(
        "The last lawful day was {last}. By {on}, {days} day of the stay is unlawful.",
        "The last lawful day was {last}. By {on}, {days} days of the stay are unlawful.",
    ),
    "history_no_title": NN_(
        "No title to stay covers this stay. By {on}, {days} day of it is unlawful.",
        "No title to stay covers this stay. By {on}, {days} days of it are unlawful.",
    ),
    "history_unknown": N_("Whether the stay is lawful on {on} cannot be told ({why})."),
    "history_unknown_since": N_(
        "The last day that was surely lawful was {last}. Whether the stay is lawful on {on} cannot be told ({why})."
    ),
    "history_all_lawful": N_("Every day in the country was lawful."),
    "history_left": N_("Days in the country that were unlawful: {unlawful}; of which it cannot be told: {unknown}."),
    "history_unlawful_days": NN_("Unlawful in all: {days} day.", "Unlawful in all: {days} days."),
    "history_used_entry": N_("Days of this visit: {used} by the end of {on}; the limit is {limit}."),
    "history_used_window": N_("Days in the last {window}: {used} by the end of {on}; the limit is {limit}."),
    "history_comes_back": NN_(
        "{days} used day leaves the count, from {first} to {last}.",
        "{days} used days leave the count from {first} to {last}, one a day.",
    ),
    "history_return": NN_(
        "Whoever leaves on that day, with no penalty or other bar, may enter again from {day} on, for {days} day.",
        "Whoever leaves on that day, with no penalty or other bar, may enter again from {day} on, for {days} days.",
    ),
    "history_return_open": N_(
        "Whoever leaves on that day, with no penalty or other bar, may enter again from {day} on, and no last day is set."
    ),
    "history_return_unknown": N_("From when one may enter again cannot be told ({why})."),
    "history_return_none": N_("No day is known from which one may enter again."),
    "calendar_of_history": N_("Day by day, {area}: {first} to {last}"),
    "calendar_measured": N_("A square is a day. Framed: the day judged, {day}. The table below says the same."),
    # categories, attention, practice, experts
    "categories_counted": NN_(
        "The law and its readers know {all} category of migrants; {statute} rest on a statute or treaty, and {open} leave a point open.",
        "The law and its readers know {all} categories of migrants; {statute} rest on a statute or treaty, and {open} leave a point open.",
    ),
    "categories_caution": N_(
        "Categories are independent and may overlap. Only an officer or a court grants a status; this chapter decides nothing about a person."
    ),
    "categories_without_rule": NN_(
        "For {number} category no rule of the day asked says who belongs to it.",
        "For {number} categories no rule of the day asked says who belongs to them.",
    ),
    "categories_changed": NN_(
        "Since 2020 the rules changed who belongs to {number} of the categories.",
        "Since 2020 the rules changed who belongs to {number} of the categories.",
    ),
    "gaps_counted": NN_(
        "{number} gap in the law is on record: between acts, within one act, or where an act is silent.",
        "{number} gaps in the law are on record: between acts, within one act, or where an act is silent.",
    ),
    "table_belonging": N_("Who belongs, by the rules of the day asked: {layer}"),
    "worded_otherwise": N_("{since}; worded otherwise until {until}"),
    "table_following": N_("What follows, by the rules of the day asked: {layer}"),
    "following_named": N_(
        "Here stand the rights and duties that a rule ties to the category; what holds for every foreigner is not repeated. A term is given in the unit of the law."
    ),
    "following_conditions": N_("* only where the rule's further conditions are met."),
    "following_none": N_("No right or duty is tied to these categories by name: {categories}."),
    "with_term": N_("{what} ({term})"),
    "on_conditions": N_("{what}*"),
    "others_duty": N_("{who}: {duty}"),
    "term_days": NN_("{n} day", "{n} days"),
    "term_working_days": NN_("{n} working day", "{n} working days"),
    "term_months": NN_("{n} month", "{n} months"),
    "term_years": NN_("{n} year", "{n} years"),
    "term_before": N_("{term} before"),
    "table_people": N_("How many people: the newest figure of each series that counts just these people"),
    "series_of_kind": N_("{series}: {kind}"),
    "people_of_series": N_(
        "A stock is a number on a day; a flow counts those who were added within the period, not those who are there."
    ),
    "people_uncounted": NN_(
        "For {number} more category no series was found that counts just its people.",
        "For {number} more categories no series was found that counts just their people.",
    ),
    "table_gaps": N_("Where acts do not fit together, contradict themselves, are silent or leave a word open"),
    "gap_rests_on": N_("{where}. Sources: {sources}"),
    "gap_sides": N_("{point}: {sides}."),
    "table_belonging_changes": N_("Rules of belonging that began, changed or ended since 2020"),
    "attention_fewest": NN_(
        "The theme with the fewest changes of policy is «{theme}»: {changes} change in the whole register.",
        "The theme with the fewest changes of policy is «{theme}»: {changes} changes in the whole register.",
    ),
    "attention_sex": NN_(
        "{number} theme has no figure split by sex at all: {themes}.",
        "{number} themes have no figure split by sex at all: {themes}.",
    ),
    "attention_caution": N_(
        "Attention is counted, not weighed: many changes need not mean much, and one may mean everything."
    ),
    "table_attention": N_("Attention by theme: law, figures, figures split by sex, open questions"),
    "practice_counted": NN_(
        "{all} practice is on record; in {parting} of them the practice is not what a provision says.",
        "{all} practices are on record; in {parting} of them the practice is not what a provision says.",
    ),
    "table_practice_parting": N_("Where practice is not what a provision says"),
    "table_practice_only": N_("What is done where no provision says it"),
    "table_practice_abroad": N_("What neighbouring states do otherwise than their rules say"),
    "until": N_("{since}, until {until}"),
    "experts_none": N_(
        "No panel of experts has been asked yet. This edition holds no expert judgement, and nothing in it stands for one."
    ),
    "experts_direction": N_(
        "Where the review says that a change is more or less restrictive, one coder judged it by the text; a panel may judge otherwise."
    ),
    "table_glossary": N_("Words as Kazakhstan's law and statistics use them"),
    "changes_of_theme": NN_(
        "{all} change, from {first} to {last}: {more} more restrictive, {less} less restrictive.",
        "{all} changes, from {first} to {last}: {more} more restrictive, {less} less restrictive.",
    ),
    "named": N_("{name}."),
    "dated": N_("{day}: {change}"),
    "newest_changes": N_("The newest:"),
    "noted": N_("{text}"),
    "table_amendments": N_("{act}: amending acts"),
    "compared": N_(
        "Compared with the edition of {edition}: {new} findings are new, {gone} are gone, {other} have another value."
    ),
    "table_compared_values": N_("Findings with another value"),
    "table_compared_new": N_("New findings"),
    "table_compared_gone": N_("Findings that are gone"),
    # conflicts and questions
    "conflicts_counted": NN_(
        "Sources contradict each other on {all} point; {open} is not explained.",
        "Sources contradict each other on {all} points; {open} are not explained.",
    ),
    "questions_counted": NN_(
        "{all} question is open; {decisive} of them can decide a person's stay.",
        "{all} questions are open; {decisive} of them can decide a person's stay.",
    ),
    "settled_by": N_("What would settle it: {document}"),
    # reading
    "acts_counted": NN_(
        "The review names {all} act; the text of {read} was read, in whole or in part.",
        "The review names {all} acts; the text of {read} was read, in whole or in part.",
    ),
    "acts_caution": N_(
        "No text was compared with the official portal. Before you rely on a statement, open the act itself."
    ),
    "table_acts_read": N_("Acts whose text was read, and until when"),
    "table_acts_unread": N_("Acts known from other texts, from notes of amendment or from the press"),
    "repealed_on": N_("Repealed: {day}"),
    "sources_opening": N_("Every source that a statement of this review rests on, by kind."),
    "table_sources": N_("Sources: {kind}"),
}

TITLES: dict[str, str] = {
    "brief": N_("Findings in brief"),
    "flows": N_("Arrivals and departures"),
    "estimates": N_("Counts beside estimates"),
    "protection": N_("Refugees and asylum seekers"),
    "changes": N_("How policy changed"),
    "register_1": N_("Register of changes to 2010"),
    "register_2": N_("Register of changes, 2011 to 2019"),
    "register_3": N_("Register of changes since 2020"),
    "stay": N_("Stay without a visa"),
    "compared": N_("Since an earlier edition"),
    "cautions": N_("What these figures do not say"),
    "changed": N_("What changed between two days"),
    "histories": N_("Worked histories"),
    "by_theme": N_("Theme by theme"),
    "by_act": N_("Act by act"),
    "categories": N_("Categories of migrants"),
    "people_counted": N_("How many people"),
    "gaps": N_("Gaps between acts"),
    "category_changes": N_("How the rules of belonging changed since 2020"),
    "practice": N_("Where law and practice part"),
    "practice_parting": N_("Practice against a provision"),
    "practice_only": N_("Practice without a provision"),
    "practice_abroad": N_("Practice in neighbouring states"),
    "attention": N_("Attention by theme"),
    "experts": N_("Experts"),
    "glossary": N_("Words"),
    "conflicts": N_("Where sources differ"),
    "conflicts_open": N_("Not explained"),
    "conflicts_explained": N_("Explained"),
    "questions": N_("What is not known"),
    "questions_1": N_("Questions that can decide a person's stay"),
    "questions_2": N_("Questions that change a rule or a figure"),
    "questions_3": N_("Details"),
    "reading": N_("Until when each act was read"),
    "acts_read": N_("Read"),
    "acts_unread": N_("Not read"),
    "sources": N_("Sources"),
}

LABELS: dict[str, str] = {
    "cldr_locale": N_("en_GB"),  # the CLDR locale of numbers and dates: a translation gives its own, such as ru_KZ
    # columns
    "year": N_("Year"),
    "external_arrivals": N_("Arrivals"),
    "external_departures": N_("Departures"),
    "external_balance": N_("Balance"),
    "unhcr_asylum_applications_in": N_("Applications"),
    "unhcr_dec_recognized_in": N_("Recognised"),
    "unhcr_dec_rejected_in": N_("Rejected"),
    "unhcr_dec_closed_in": N_("Closed otherwise"),
    "period": N_("Period"),
    "remark": N_("Remark"),
    "who": N_("Who"),
    "what": N_("What is counted"),
    "value": N_("Value"),
    "theme": N_("Theme"),
    "before_less_restrictive": N_("Before 2020: less restrictive"),
    "before_more_restrictive": N_("Before 2020: more restrictive"),
    "before_no_direction": N_("Before 2020: no direction"),
    "since_less_restrictive": N_("Since 2020: less restrictive"),
    "since_more_restrictive": N_("Since 2020: more restrictive"),
    "since_no_direction": N_("Since 2020: no direction"),
    "date": N_("Date"),
    "change": N_("Change"),
    "act": N_("Act"),
    "direction": N_("Direction"),
    "citizenship": N_("Citizens of"),
    "per_entry": N_("Days a visit"),
    "days_by_law": N_("Days from entry, by law"),
    "in_window": N_("Days in any period"),
    "practice": N_("At the border"),
    "ground": N_("Ground"),
    "since": N_("Since"),
    "confidence": N_("Confidence"),
    "adopted": N_("Adopted"),
    "in_force": N_("In force"),
    "read_until": N_("Read until"),
    "source": N_("Source"),
    "category": N_("Category"),
    "rests_on": N_("Rests on"),
    "who_belongs": N_("Who belongs"),
    "worded_since": N_("In these words since"),
    "rights": N_("Rights"),
    "duties": N_("Duties"),
    "kind_of_gap": N_("Gap"),
    "what_is_open": N_("What is open"),
    "where": N_("Where"),
    "number": N_("Number"),
    "rule_says": N_("The rule says"),
    "changes_all": N_("Changes"),
    "changes_since": N_("Since 2020"),
    "provisions": N_("Provisions"),
    "series": N_("Series"),
    "years": N_("Years with figures"),
    "years_by_sex": N_("Years split by sex"),
    "questions": N_("Open questions"),
    "what_is_done": N_("What is done"),
    "law_says_otherwise": N_("Against"),
    "finding": N_("Finding"),
    "word": N_("Word"),
    "meaning": N_("Meaning"),
    "before": N_("Before"),
    "after": N_("After"),
    "amended_by": N_("Amending act"),
    "touches": N_("Touches"),
    "reading": N_("Reading"),
    "from_day": N_("From"),
    "to_day": N_("To"),
    "days": N_("Days"),
    "standing": N_("The stay is"),
    # words in cells
    "no_last_day": N_("no last day"),
    "term_not_known": N_("start or end not known"),
    "yes": N_("yes"),
    "no": N_("no"),
    "standing:lawful": N_("lawful"),
    "standing:unlawful": N_("unlawful"),
    "standing:unknown": N_("cannot be told"),
    "reading_of_limits:law": N_("By law"),
    "reading_of_limits:practice": N_("In practice"),
    "less_restrictive": N_("less restrictive"),
    "more_restrictive": N_("more restrictive"),
    "no_direction": N_("no direction"),
    "everyone_else": N_("everyone else without a visa"),
    "visa_needed": N_("visa needed"),
    "as_the_law_says": N_("as the law says"),
    "start_not_known": N_("start not known"),
    "sources_differ": N_("sources differ"),
    "refugees_known_origin": N_("Refugees of known origin"),
    "refugees_unknown_origin": N_("Unknown origin (estimate)"),
    "others_in_need": N_("Others in need of protection (estimate)"),
    "on_that_day": N_("on that very day"),
    "obliged:authority": N_("the authority"),
    "obliged:host": N_("the host"),
    "obliged:employer": N_("the employer"),
    "obliged:sponsor": N_("the sponsor"),
    "rule_change:new": N_("new rule"),
    "rule_change:wording": N_("new wording"),
    "rule_change:ended": N_("ended"),
    "gap:acts_differ": N_("two acts do not fit"),
    "gap:act_against_itself": N_("one act against itself"),
    "gap:silent": N_("silence of the acts"),
    "gap:undefined": N_("word left open"),
    "gap:no_rule": N_("office without a rule"),
    "counts:stock": N_("stock on the day"),
    "counts:flow": N_("flow over the period"),
    "counts:estimate": N_("estimate"),
    "counts:balance": N_("balance"),
    "counts:rate": N_("rate"),
    "counts:share": N_("share"),
    "no_rule_of_the_day": N_("no rule of the day asked says who belongs"),
    "sex:F": N_("women"),
    "sex:M": N_("men"),
    "obs_status:E": N_("estimated"),
    "obs_status:P": N_("preliminary"),
    "obs_status:B": N_("break in the series"),
    # missing
    "not_known": N_("not known"),
    "none": N_("–"),
    "none_reported": N_("none reported"),
    "no_window_known": N_("no limit known"),
    "window_not_known": N_("limit in any period not known"),
    "days_not_known": N_("days not known"),
    "no_title": N_("no visa-free title"),
    "no_rule_known": N_("no visa-free rule known"),
    "not_yet_or_unknown": N_("not known"),
    "unread": N_("not read"),
    # boxes and furniture
    "box_law_and_practice": N_("Law and practice part here"),
    "box_sources_differ": N_("Sources differ here"),
    "box_caution": N_("Read with care"),
    "contents": N_("Contents"),
    "data_of_figure": N_("Figures of this chart"),
    "sources_below": N_("Sources"),
    "estimated": N_("estimated"),
    "reported": N_("reported"),
    "unchecked_all": N_(
        "No text of this edition in this language has been checked by a person other than its authors."
    ),
    "unchecked_some": N_("Texts marked ° have not been checked by a person other than their authors."),
    "cover_title": N_("Migration policy: a review from outside"),
    "cover_not_advice": N_("A research digest, not legal advice."),
    "skip_to_content": N_("To the content"),
    "colophon": N_("About this edition"),
    "colophon_country": N_("Country data"),
    "colophon_program": N_("Program"),
    "colophon_asked": N_("Day judged"),
    "colophon_since": N_("Looking back to"),
    "colophon_known": N_("Sources read by"),
    "colophon_hash": N_("Fingerprint of the data"),
    "law_events": N_("Changes of law"),
    "notes": N_("Notes"),
}

FORMS: dict[str, str] = {
    "figure": N_("Figure {number}"),
    "table": N_("Table {number}"),
    "date_by": N_("{date} or earlier"),
    "date_unknown": N_("on an unknown day"),
    "half_1": N_("first half of {year}"),
    "half_2": N_("second half of {year}"),
    "quarter": N_("quarter {quarter} of {year}"),
    "from_to": N_("{first} to {last}"),
    "school_year": N_("school year {year}"),
    "art": N_("Art. {number}"),
    "para": N_("para. {number}"),
    "item": N_("item {number}"),
    "point": N_("point {number}"),
    "chapter": N_("ch. {number}"),
    "annex": N_("annex {number}"),
    "rules": N_("Rules"),
    "category": N_("category {number}"),
    "term": N_("term {number}"),
    "stay": N_("on stay"),
    "registration": N_("on registration"),
    "new_address": N_("on a new address"),
    "temporary_residence": N_("on temporary residence"),
    "permanent_residence": N_("on permanent residence"),
    "family_permit_without_record": N_("on family permits without a criminal record"),
    "after_tolerance": N_("on what follows the tolerated stay"),
    "change_2026": N_("change of 2026"),
    "labour_immigrant_income": N_("on the income of labour immigrants"),
    "whole": N_("the whole act"),
    "page_of": N_("{publisher}: page without a title"),
    "unit_value": N_("{value} {unit}"),
    "cover_country": N_("{country}, external migration"),
    "cover_period": N_("As of {day}"),
}

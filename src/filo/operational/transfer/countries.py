"""The countries of the world by their names in Italian and English (CLDR 46, ISO 3166-1 letters)."""

from __future__ import annotations

from functools import cache

from filo.foundation.folding import fold

_COUNTRIES = """
AC Isola Ascensione | Ascension Island ; AD Andorra ; AE Emirati Arabi Uniti | United Arab Emirates ; AF Afghanistan ;
AG Antigua e Barbuda | Antigua & Barbuda ; AI Anguilla ; AL Albania ; AM Armenia ; AO Angola ;
AQ Antartide | Antarctica ; AR Argentina ; AS Samoa Americane | American Samoa ; AT Austria | Austria | Österreich ;
AU Australia ; AW Aruba ; AX Isole Åland | Åland Islands ; AZ Azerbaigian | Azerbaijan ;
BA Bosnia ed Erzegovina | Bosnia & Herzegovina ; BB Barbados ; BD Bangladesh ; BE Belgio | Belgium ; BF Burkina Faso ;
BG Bulgaria ; BH Bahrein | Bahrain ; BI Burundi ; BJ Benin ; BL Saint-Barthélemy | St. Barthélemy ; BM Bermuda ;
BN Brunei ; BO Bolivia ; BQ Caraibi Olandesi | Caribbean Netherlands ; BR Brasile | Brazil ; BS Bahamas ; BT Bhutan ;
BV Isola Bouvet | Bouvet Island ; BW Botswana ; BY Bielorussia | Belarus ; BZ Belize ; CA Canada ;
CC Isole Cocos (Keeling) | Cocos (Keeling) Islands ; CD Congo - Kinshasa ;
CF Repubblica Centrafricana | Central African Republic ; CG Congo-Brazzaville | Congo - Brazzaville ;
CH Svizzera | Switzerland | Schweiz | Suisse | Confederazione Svizzera ;
CI Costa d’Avorio | Côte d’Ivoire | Ivory Coast ; CK Isole Cook | Cook Islands ; CL Cile | Chile ;
CM Camerun | Cameroon ; CN Cina | China | Repubblica Popolare Cinese ; CO Colombia ;
CP Isola di Clipperton | Clipperton Island ; CR Costa Rica ; CU Cuba ; CV Capo Verde | Cape Verde ; CW Curaçao ;
CX Isola Christmas | Christmas Island ; CY Cipro | Cyprus ; CZ Cechia | Czechia | Czech Republic | Repubblica Ceca ;
DE Germania | Germany | Deutschland ; DG Diego Garcia ; DJ Gibuti | Djibouti ; DK Danimarca | Denmark ; DM Dominica ;
DO Repubblica Dominicana | Dominican Republic ; DZ Algeria ; EA Ceuta e Melilla | Ceuta & Melilla ; EC Ecuador ;
EE Estonia ; EG Egitto | Egypt ; EH Sahara Occidentale | Western Sahara ; ER Eritrea ; ES Spagna | Spain | España ;
ET Etiopia | Ethiopia ; FI Finlandia | Finland ; FJ Figi | Fiji ; FK Isole Falkland | Falkland Islands ; FM Micronesia ;
FO Isole Fær Øer | Faroe Islands ; FR Francia | France | Francia metropolitana ; GA Gabon ;
GB Regno Unito | United Kingdom | UK | U.K. | Great Britain | Gran Bretagna ;
GB England | Inghilterra | Scotland | Scozia | Wales | Galles ; GD Grenada ; GE Georgia ;
GF Guyana Francese | French Guiana ; GG Guernsey ; GH Ghana ; GI Gibilterra | Gibraltar ; GL Groenlandia | Greenland ;
GM Gambia ; GN Guinea ; GP Guadalupa | Guadeloupe ; GQ Guinea Equatoriale | Equatorial Guinea ; GR Grecia | Greece ;
GS Georgia del Sud e Sandwich Australi | South Georgia & South Sandwich Islands ; GT Guatemala ; GU Guam ;
GW Guinea-Bissau ; GY Guyana ; HK RAS di Hong Kong | Hong Kong SAR China ;
HM Isole Heard e McDonald | Heard & McDonald Islands ; HN Honduras ; HR Croazia | Croatia ; HT Haiti ;
HU Ungheria | Hungary ; IC Isole Canarie | Canary Islands ; ID Indonesia ; IE Irlanda | Ireland ; IL Israele | Israel ;
IM Isola di Man | Isle of Man ; IN India ;
IO Territorio Britannico dell’Oceano Indiano | British Indian Ocean Territory ; IQ Iraq ; IR Iran ;
IS Islanda | Iceland ; IT Italia | Italy | Repubblica Italiana ; JE Jersey ; JM Giamaica | Jamaica ;
JO Giordania | Jordan ; JP Giappone | Japan ; KE Kenya ; KG Kirghizistan | Kyrgyzstan ; KH Cambogia | Cambodia ;
KI Kiribati ; KM Comore | Comoros ; KN Saint Kitts e Nevis | St. Kitts & Nevis ; KP Corea del Nord | North Korea ;
KR Corea del Sud | South Korea ; KW Kuwait ; KY Isole Cayman | Cayman Islands ; KZ Kazakistan | Kazakhstan ; LA Laos ;
LB Libano | Lebanon ; LC Saint Lucia | St. Lucia ; LI Liechtenstein ; LK Sri Lanka ; LR Liberia ; LS Lesotho ;
LT Lituania | Lithuania ; LU Lussemburgo | Luxembourg ; LV Lettonia | Latvia ; LY Libia | Libya ; MA Marocco | Morocco ;
MC Monaco ; MD Moldavia | Moldova ; ME Montenegro ; MF Saint Martin | St. Martin ; MG Madagascar ;
MH Isole Marshall | Marshall Islands ; MK Macedonia del Nord | North Macedonia ; ML Mali ;
MM Myanmar (Birmania) | Myanmar (Burma) | Birmania | Burma ; MN Mongolia ; MO RAS di Macao | Macao SAR China ;
MP Isole Marianne Settentrionali | Northern Mariana Islands ; MQ Martinica | Martinique ; MR Mauritania ;
MS Montserrat ; MT Malta ; MU Mauritius ; MV Maldive | Maldives ; MW Malawi ; MX Messico | Mexico ; MY Malaysia ;
MZ Mozambico | Mozambique ; NA Namibia ; NC Nuova Caledonia | New Caledonia ; NE Niger ;
NF Isola Norfolk | Norfolk Island ; NG Nigeria ; NI Nicaragua ; NL Paesi Bassi | Netherlands | Holland | Olanda ;
NO Norvegia | Norway ; NP Nepal ; NR Nauru ; NU Niue ; NZ Nuova Zelanda | New Zealand ; OM Oman ; PA Panama ;
PE Perù | Peru ; PF Polinesia Francese | French Polynesia ; PG Papua Nuova Guinea | Papua New Guinea ;
PH Filippine | Philippines ; PK Pakistan ; PL Polonia | Poland ; PM Saint-Pierre e Miquelon | St. Pierre & Miquelon ;
PN Isole Pitcairn | Pitcairn Islands ; PR Portorico | Puerto Rico ; PS Territori Palestinesi | Palestinian Territories ;
PT Portogallo | Portugal ; PW Palau ; PY Paraguay ; QA Qatar ; RE Riunione | Réunion ; RO Romania ; RS Serbia ;
RU Russia | Russia | Russian Federation | Federazione Russa ; RW Ruanda | Rwanda ; SA Arabia Saudita | Saudi Arabia ;
SB Isole Salomone | Solomon Islands ; SC Seychelles ; SD Sudan ; SE Svezia | Sweden ; SG Singapore ;
SH Sant’Elena | St. Helena ; SI Slovenia ; SJ Svalbard e Jan Mayen | Svalbard & Jan Mayen ; SK Slovacchia | Slovakia ;
SL Sierra Leone ; SM San Marino | San Marino | Rep. di San Marino | Repubblica di San Marino ; SN Senegal ; SO Somalia ;
SR Suriname ; SS Sud Sudan | South Sudan ; ST São Tomé e Príncipe | São Tomé & Príncipe ; SV El Salvador ;
SX Sint Maarten ; SY Siria | Syria ; SZ Eswatini ; TA Tristan da Cunha ;
TC Isole Turks e Caicos | Turks & Caicos Islands ; TD Ciad | Chad ;
TF Terre Australi Francesi | French Southern Territories ; TG Togo ; TH Thailandia | Thailand ;
TJ Tagikistan | Tajikistan ; TK Tokelau ; TL Timor Est | Timor-Leste ; TM Turkmenistan ; TN Tunisia ; TO Tonga ;
TR Turchia | Türkiye ; TT Trinidad e Tobago | Trinidad & Tobago ; TV Tuvalu ; TW Taiwan ; TZ Tanzania ;
UA Ucraina | Ukraine ; UG Uganda ; UM Isole Minori Esterne degli Stati Uniti | U.S. Outlying Islands ;
US Stati Uniti | United States | USA | U.S.A. | America | Stati Uniti d'America | United States of America ;
UY Uruguay ; UZ Uzbekistan ; VA Città del Vaticano | Vatican City | Vaticano | Vatican ;
VC Saint Vincent e Grenadine | St. Vincent & Grenadines ; VE Venezuela ;
VG Isole Vergini Britanniche | British Virgin Islands ; VI Isole Vergini Americane | U.S. Virgin Islands ; VN Vietnam ;
VU Vanuatu ; WF Wallis e Futuna | Wallis & Futuna ; WS Samoa ; XK Kosovo ; YE Yemen ; YT Mayotte ;
ZA Sudafrica | South Africa ; ZM Zambia ; ZW Zimbabwe
"""


@cache
def _entries() -> tuple[tuple[str, list[str]], ...]:
    """The letters of each, and its names: in Italian, in English where that is another, and what else people write."""
    return tuple((entry[:2], entry[3:].split(" | ")) for entry in " ".join(_COUNTRIES.split()).split(" ; "))


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, names in _entries():
        found |= dict.fromkeys((fold(name) for name in (code, *names)), code)
    return found


def country_code(name: str) -> str | None:
    """The two letters of a country written in Italian, in English or as its letters; None when unknown."""
    return _by_name().get(fold(name))


@cache
def countries_in(language: str) -> tuple[tuple[str, str], ...]:
    """The letters and the name of each country, to choose from: Italy first, the others by their names."""
    english, found = int(language.startswith("en")), dict[str, str]()
    for code, names in _entries():
        found.setdefault(code, names[min(english, len(names) - 1)])
    return tuple(sorted(found.items(), key=lambda one: (one[0] != "IT", fold(one[1]))))

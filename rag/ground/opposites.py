"""Words that say the opposite of each other, in English, French, German, Italian and Spanish.

Some pairs tell two sentences apart wherever they stand ("rose", "fell"). Of the others, which are many, both may well
stand in one sentence: they count only where the one takes the other's place. Why no thesaurus: decision 0130.
"""

from __future__ import annotations

import functools
import re
import unicodedata

_ANYWHERE = """
increas.* rose rises? rising grew grows? growing higher gain.* / decreas.* declin.* fell falls? falling dropp?.* shr[aiu]nk.* lower(?:ed)? loss(?:es)?
above over exceed.* more / below under less fewer
before / after
maximum most / minimum least
all every each / none
earlie[rs].* / late(?:r|st)
first / last
highest largest / lowest smallest
northern north / southern south
eastern east / western west
always / never
inside / outside
wins? won / los(?:es|t)
allow.* permit.* / forbid.* forbade prohibit.* bann.*
includ.* / exclud.*
augment.* hausse / diminu.* baiss.* baisse
avant / après
plus supérieure?s? / moins inférieure?s?
steig.* stieg.* wuchs.* zunahm.* / sink.* sank.* fiel.* abnahm.*
vor / nach
mehr über höher.* größer.* / weniger unter niedriger.* kleiner.*
nördlich.* norden / südlich.* süden
östlich.* osten / westlich.* westen
aument.* cresc.* / diminu.* cal[oò].*
prima antes / dopo después
più superior.* mayor / meno inferior.* menor menos
norte septentrional / sur meridional
"""  # noqa: E501

_IN_THE_PLACE = """
begin.* began begun start.* commenc.* launch.* / end ends ended ending finish.* stop.* ceas.* conclud.*
accept.* approv.* adopt.* agree.* ratif.* / reject.* refus.* declin.* recall.* veto.* dismiss.* disapprov.* repeal.*
support.* back.* favou?r.* endors.* / oppos.* resist.* reject.* criticis.* criticiz.* condemn.*
buil[dt].* construct.* erect.* creat.* found.* establish.* form.* / destroy.* demolish.* abolish.* dissol.* dismantl.*
open.* / clos.* shut.*
join.* enter.* arriv.* / leav.* left exit.* depart.* quit.*
buy.* bought purchas.* acquir.* / sell.* sold sale.*
attack.* invad.* / defend.* protect.*
giv.* gave provid.* grant.* award.* supply.* supplie.* / tak.* took den[iy].* withh.* revok.* withdr.*
receiv.* obtain.* / refus.* reject.* giv.* gave lost send.* sent
requir.* oblig.* / forbid.* prohibit.* exempt.*
appoint.* hir(?:ed|es|ing) elect.* / dismiss.* fired oust.*
add.* insert.* / remov.* delet.* subtract.*
born / buried died dead
surviv.* live[ds]? living / die[ds]? perish.* kill.*
pass(?:ed|es)? succe.* / fail.*
confirm.* prov.* admit.* / den[iy].* disprov.* refut.*
import.* / export.*
connect.* attach.* join.* / detach.* separat.* divid.*
strengthen.* / weaken.*
increas.* rais.* expand.* extend.* gr[eo]w.* / reduc.* cut.* lower.* shorten.* decreas.* shr[aiu]nk.*
accelerat.* / slow.* delay.*
large.* big.* great.* huge major.* / small.* little tiny minor.*
strong.* / weak.*
rich.* wealth.* / poor.*
high.* / low.*
old.* ancient / new.* young.* modern
public.* / private.*
early / late
fast.* rapid.* quick.* / slow.*
long.* / short.*
hot.* warm.* / cold.* cool.*
heavy heavi.* / light.*
wide.* broad.* / narrow.*
deep.* / shallow.*
eas[iy].* simpl.* / difficult.* hard.* complex
good better best / bad worse worst poor
positiv.* / negativ.*
true correct.* / false incorrect.* wrong.*
safe.* / dangerous.*
full.* / empt.*
present.* / absent.*
same similar.* / different.*
common.* frequent.* often / rare.* seldom
internal.* / external.*
domestic.* / foreign.*
majorit.* / minorit.*
lender.* creditor.* / borrower.* debtor.*
employer.* / employee.*
landlord.* lessor.* / tenant.* lessee.*
buyer.* / seller.*
plaintiff.* / defendant.*
asset.* / liabilit.*
profit.* / loss.*
upper / lower
commenc.* début.* / finir.* termin.* cess.* arrêt.*
accept.* approuv.* adopt.* / rejet.* refus.* abrog.*
constru.* fond.* cré.* bâti.* / détrui.* démoli.* dissou.* supprim.*
ouv[er].* / ferm.*
achet.* acquis.* / vend.*
attaqu.* / défend.*
donn.* accord.* / retir.* prend.* pris
gagn.* / perd.*
autoris.* permet.* permis / interdi.* défend.*
né née nés / mort.* décéd.*
réussi.* / échou.*
grande?s? / petite?s?
forte?s? / faibles?
publi[cq].* / privée?s?
haute?s? élevée?s? / basse?s? bas
nouve.* neuf / ancien.* vieux
long.* / court.*
rapid.* / lent.*
majorité / minorité
début.* comenz.* comienz.* empez.* empiez.* inici.* / termin.* acab.* finaliz.* ces[aó].* conclu.*
acept.* aprob.* aprueb.* adopt.* / rechaz.* rehus.* derog.* deneg.*
constru.* cre[aóó].* fund.* edific.* / destru.* derrib.* demol.* disolv.* disuel.* abol.*
abr.* abier.* / cerr.* cierr.*
compr.* adquir.* / vend.*
atac.* invad.* / defend.* defiend.* proteg.*
di[oó] dieron dad[oa]s? otorg.* conced.* / quit[oóa].* retir.* neg[oóa].*
recib.* obtuv.* / rechaz.* perd.*
gan[oóa].* / perd.* pierd.*
permit.* permis.* autoriz.* / prohib.*
nac.* / mur.* muri.* muert.* fallec.*
grandes? / pequeñ[oa]s?
fuertes? / débil.*
públic[oa]s? / privad[oa]s?
alt[oa]s? / baj[oa]s?
nuev[oa]s? / antigu[oa]s? viej[oa]s?
larg[oa]s? / cort[oa]s?
rápid.* / lent.*
ric[oa]s? / pobres?
mayor.* / minor.* menor.*
aument.* crec.* / redu.* disminu.*
apoy.* / opus.* opon.* critic.*
begann.* beginn.* startet.* eröffne.* / ende.* beende.* schloss.* hör.* stopp.*
angenommen.* akzeptier.* genehmig.* billig.* / abgelehn.* lehn.* verwarf.* verworfen.* widerruf.*
bau.* gebaut.* gründet.* gegründet.* errichte.* schuf.* / zerstör.* abgerissen.* aufgelöst.* vernichte.* löst.*
öffne.* geöffne.* eröffne.* / schloss.* geschlossen.* schließ.*
kauf.* gekauf.* erw[aoi]rb.* / verkauf.* veräußer.*
angegriff.* griff.* / verteidig.* schütz.*
gab.* gegeben.* gewähr.* / nahm.* genommen.* entzog.* verweiger.*
erhielt.* erhalten bekam.* / verlor.* verloren.* verweiger.*
gew[ao]nn.* / verlor.* verloren.*
erlaub.* gestatte.* / verbot.* verboten.* untersag.*
geboren.* / gestorben.* starb.*
lebt?.* überleb.* / starb.* gestorben.*
unterstütz.* / bekämpf.* kritisier.*
groß.* / klein.*
stark.* / schwach.*
öffentlich.* / privat.*
hoh.* hoch / niedrig.*
neu.* / alt.*
lang.* / kurz.*
schnell.* rasch.* / langsam.*
reich.* / arm.*
früh.* / spät.*
mehrheit / minderheit
vermieter.* / mieter.*
käufer.* / verkäufer.*
arbeitgeber.* / arbeitnehmer.*
inizi.* cominci.* / fin[iì].* termin.* cess.* conclu.*
accett.* approv.* adott.* / rifiut.* respin.* abrog.*
costru.* fond.* cre[aò].* / distru.* demol.* sciol.* abol.*
apr.* apert.* / chiu.*
compr.* acquist.* / vend.*
attac.* / difes.* difend.*
dat[oaie] died.* conce.* / tol[ts].* ritir.* neg.*
vin[cs].* vint.* / pers.* perd.*
permet.* permess.* autorizz.* / viet.* proib.*
nat[oaie] / mort.*
grand[ei] / piccol.*
fort[ei] / debol.*
pubblic.* / privat.*
alt[oaie] / bass.*
nuov.* / vecchi.* antic.*
lung.* / cort.* brev.*
maggioranza / minoranza
locator.* / conduttor.*
acreedor.* / deudor.*
arrendador.* / arrendatari.*
"""

_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "des", "dés", "mis", "miss")
"""What turns a word into its opposite: "able" and "unable", "approved" and "disapproved"."""
_SHORTEST = 4
"""Letters of a word that is told from its opposite by a prefix: "form" and "inform" are not such, and few others."""


def _sides(table: str) -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    lines = (line.split(" / ") for line in table.strip().splitlines())
    return [(_either(one), _either(other)) for one, other in lines]


def _either(words: str) -> re.Pattern[str]:
    return re.compile("|".join(words.split()))


_PAIRS_ANYWHERE, _PAIRS_IN_THE_PLACE = _sides(_ANYWHERE), _sides(_IN_THE_PLACE)


@functools.lru_cache(maxsize=8192)
def opposites_of(word: str) -> frozenset[tuple[int, int]]:
    """The pairs of opposites that ``word`` is in: the number of the pair, and the side, 0 or 1."""
    return _in(word, _PAIRS_ANYWHERE)


def are_opposites(one: str, other: str) -> bool:
    """Whether a word says the opposite of another one that it stands in the place of."""
    mine, theirs = _plain(one), _plain(other)
    if opposites_of(mine) & {(pair, 1 - side) for pair, side in opposites_of(theirs)}:
        return True
    if _in_the_place(mine) & {(pair, 1 - side) for pair, side in _in_the_place(theirs)}:
        return True
    shorter, longer = sorted((mine, theirs), key=len)
    return len(shorter) >= _SHORTEST and any(longer == prefix + shorter for prefix in _PREFIXES)


def are_alike(one: str, other: str) -> bool:
    """Whether two words are on the same side of a pair: each says much what the other does."""
    return bool(_in_the_place(_plain(one)) & _in_the_place(_plain(other)))


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold()


@functools.lru_cache(maxsize=8192)
def _in_the_place(word: str) -> frozenset[tuple[int, int]]:
    return _in(word, _PAIRS_IN_THE_PLACE)


def _in(word: str, pairs: list[tuple[re.Pattern[str], re.Pattern[str]]]) -> frozenset[tuple[int, int]]:
    return frozenset(
        (index, side)
        for index, pair in enumerate(pairs)
        for side, pattern in enumerate(pair)
        if pattern.fullmatch(word)
    )

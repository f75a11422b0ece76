"""What people called Giuseppe are called: Italian and English short and pet names, each with the names it is for."""

from __future__ import annotations

from functools import lru_cache

# name: what its bearers are called too. A pet name may stand in several lines.
_CALLED = """
    adriano: nano
    agostino: ago gostino
    alberto: albi berto bertino
    alessandra: ale sandra sandrina alex
    alessandro: ale sandro alex sandrino
    alessio: ale alex
    alfonso: fonso alfo
    alfredo: fredo alfre
    ambrogio: ambrogino brogio
    andrea: andre
    angela: angelina angiola angioletta
    angelo: angelino lino angiolo
    anna: annina annetta nina annarella annuccia
    annamaria: anna annam
    antonella: anto nella
    antonia: tonia antonietta tonina etta
    antonietta: etta antonia
    antonino: nino tonino antonio
    antonio: tonino toni tony nino anto totonno toto tonio
    augusto: gusto
    barbara: barbi babi
    bartolomeo: bartolo meo
    beatrice: bea bice
    benedetta: bene
    benedetto: bene
    bernardo: dino nardo
    bruno: brunino
    camilla: cami milla
    carla: carlina carletta
    carlo: carletto carlino charlie
    carmela: carmelina mela melina lina carmen
    carmelo: melo lino carmelino
    carmine: minuccio
    carolina: lina caro
    caterina: cate rina cati katia nina kety
    cesare: cesarino rino
    chiara: chiaretta
    ciro: ciruzzo
    claudia: claudina
    claudio: cla
    concetta: tina concettina cetta
    cosimo: mimmo
    cristiano: cris
    cristina: cri cris titti tina
    daniela: dani
    daniele: dani
    dario: darietto
    davide: david dade
    domenica: mimma nica
    domenico: mimmo menico mico mimi
    donato: dino natino
    edoardo: edo dado eduardo
    elena: ele lena nena
    eleonora: ele nora leo
    elisabetta: betta elisa betty bettina lisa elisabet
    emanuela: manu manuela ema
    emanuele: manu ema lele manuele manuel
    emilia: mila
    emilio: milo
    enrica: chicca rica
    enrico: chicco rico enri
    ernesto: erni tino
    eugenio: genio gegio
    fabiana: fabi
    fabio: fabietto
    fabrizio: fabri bizio fabry
    federica: fede chicca
    federico: fede chicco rico
    ferdinando: nando ferdi dino
    ferruccio: ferro
    filippo: pippo fili lippo
    filomena: mena filo
    francesca: franca fra france franci checca cesca francy
    francesco: franco ciccio fra checco cecco cesco pancho franci ciccillo franz
    gabriele: lele gabri
    gabriella: gabri lella
    gaetano: tano nino
    gennaro: rino gennarino
    gerardo: gerry dino
    giacomo: mino jacopo giacomino giaco
    giancarlo: gianca carlo giani
    gianfranco: gianni franco gianfi
    gianluca: luca gian gianlu
    gianluigi: gigi gian luigi gianlui
    gianmarco: marco gian
    gianpaolo: paolo gian gianpi giampaolo
    gianpiero: piero gian giampiero
    gioacchino: chino
    giorgia: gio giorgina
    giorgio: gio giorgino
    giovanna: gio vanna giovannella gianna nanna
    giovanni: gianni gio nanni vanni giovannino giannino gian nino
    giovanni battista: giovanbattista giambattista gianbattista gianni titta tista giobatta
    girolamo: momo mommo
    giulia: giuli giulietta
    giuliana: giuli
    giuliano: giulio giuli
    giulio: giulietto
    giuseppa: pina peppa giuseppina pinuccia
    giuseppe: beppe pino peppe peppino beppino geppo giusi bepi pinuccio peppiniello seppe geppino joe
    giuseppina: pina pinuccia giusy giusi peppina pinella giuseppa
    grazia: graziella
    graziella: grazia lella
    gregorio: greg
    guglielmo: memo
    ignazio: gnazio
    ilaria: ila lalla
    immacolata: imma titina
    isabella: isa bella
    ivana: ivi
    jacopo: iacopo jack
    laura: lauretta
    leonardo: leo nardo
    letizia: leti
    lidia: lilli
    liliana: lilli lily
    lorenza: lori
    lorenzo: lollo renzo enzo lori
    luca: luchino
    lucia: lucietta luciana
    luciano: lucio ciano
    ludovica: ludo
    ludovico: lodovico ludo vico
    luigi: gigi gino luigino luis gigetto
    luigia: gina gigia luigina luisa
    luisa: isa luisella
    maddalena: lena nena madda
    manuela: manu
    marcello: celo lello
    marco: marchino marcolino
    margherita: marghe rita ghita
    maria: mariuccia marietta mary mari mariella
    maria grazia: mariagrazia graziella
    maria luisa: marialuisa marisa
    maria rosa: mariarosa
    maria teresa: mariateresa
    mariangela: mari angela
    mario: mariolino
    marta: martina
    martina: marti
    massimiliano: max massi massimo
    massimo: max massi mino
    matteo: teo matte
    mattia: matti
    maurizio: mauri mau icio
    mauro: maurino
    michela: micky miki
    michele: michi lino miki lele
    monica: moni
    natale: natalino
    nicola: nico nik cola nicolino niki colino
    nicoletta: nico nicole
    nunzia: annunziata
    nunzio: annunziato
    osvaldo: aldo
    ottavio: tavio
    paola: paoletta paolina
    paolo: paolino paoletto
    pasquale: pasqualino lino pasca lello
    patrizia: patty pat tizia patti
    piera: pierina
    pierluigi: pigi gigi pier
    piero: pietro pierino
    pierpaolo: pier paolo
    pietro: piero pierino pedro
    raffaele: lello raf raffa lele raffaello
    raffaella: raffa lella
    renato: renatino
    riccardo: ricky ricki riki ricc
    roberta: robi robby
    roberto: robi robby berto bob roby
    rocco: rocchino
    romualdo: aldo
    rosa: rosina rosetta rosella rosy
    rosalia: lia
    rosanna: rosa anna
    rosaria: rosa rosi
    rosario: saro saretto
    sabrina: sabri
    salvatore: toto salvo turi turiddu sasa salva tore tuccio
    samuele: sam samu
    sara: saretta
    sebastiano: seba bastiano iano nello
    serena: sere
    sergio: sergino
    silvana: silvia
    silvestro: vestro
    silvia: silvi
    simona: simo simonetta
    simone: simo
    stefania: stefi stefy
    stefano: ste stefanino
    susanna: susi susy
    teresa: tere teresina sina resi terry
    tiziana: tizi
    tommaso: tom tommi maso tommy masino
    umberto: berto umbi
    valentina: vale tina
    valentino: vale tino
    valeria: vale
    valerio: vale
    veronica: vero
    vincenza: enza cenza vincenzina
    vincenzo: enzo vince cenzo vincenzino enzino
    virginia: ginni gina
    vito: vituccio
    vittoria: vicky vitto
    vittorio: vitto victor vittorino rino
    abigail: abby gail
    albert: al bert
    alexander: alex al sandy xander lex
    alexandra: alex sandra lexi sandy alix
    alfred: alf fred alfie
    amanda: mandy
    andrew: andy drew
    ann: annie nan anna anne
    anthony: tony ant
    arthur: art artie
    barbara: barb babs barbie
    benjamin: ben benny benji
    bernard: bernie
    catherine: cathy kate kathy cath katherine kathryn katie kitty cat
    charles: charlie chuck chas chaz
    charlotte: lottie charlie char
    christina: chris tina chrissy
    christine: chris chrissy tina
    christopher: chris kit topher
    clifford: cliff
    cynthia: cindy
    daniel: dan danny
    david: dave davy davey
    deborah: deb debbie debs
    dominic: dom nick
    donald: don donnie
    dorothy: dot dottie dolly
    edward: ed eddie ted ned teddy
    eleanor: ellie nell nora
    elizabeth: liz beth lizzie betty eliza betsy libby lisa elsie
    emily: em emmy
    eugene: gene
    frances: fran frankie
    francis: frank
    frederick: fred freddie freddy
    gabriel: gabe
    geoffrey: geoff jeff
    george: georgie
    gerald: gerry jerry
    gregory: greg
    harold: harry hal
    harriet: hattie
    harrison: harry
    henry: harry hank
    isabella: bella izzy isabelle isabel
    isaac: ike
    jacob: jake
    jacqueline: jackie
    james: jim jimmy jamie
    jeffrey: jeff
    jennifer: jen jenny jenn
    jessica: jess jessie
    john: jack johnny jon
    jonathan: jon jonny john
    joseph: joe joey jo
    joshua: josh
    judith: judy
    katherine: kate kathy katie kat kathryn catherine kitty
    kenneth: ken kenny
    kimberly: kim
    lawrence: larry laurie
    leonard: len lenny leo
    lillian: lily lil
    louis: lou louie
    lucas: luke
    madeline: maddie
    margaret: maggie meg peggy marge margie madge
    martin: marty
    matthew: matt matty
    michael: mike mick micky mickey
    mitchell: mitch
    nathaniel: nat nate nathan
    nicholas: nick nicky nic nico
    oliver: ollie
    olivia: liv livvy
    pamela: pam
    patricia: pat patty trish tricia patsy
    patrick: pat paddy rick
    peter: pete
    philip: phil pip phillip
    rachel: rach
    raymond: ray
    rebecca: becky bec becca
    richard: dick rick rich richie ricky
    robert: bob rob bobby robbie bert
    ronald: ron ronnie
    rosemary: rose rosie
    russell: russ
    samantha: sam sammy
    samuel: sam sammy
    sandra: sandy
    sophia: sophie
    sophie: soph
    stephanie: steph
    stephen: steve stevie steven
    steven: steve stephen
    susan: sue susie suzy
    suzanne: sue suzy
    terence: terry
    theodore: ted theo teddy
    theresa: terri tess tessa
    thomas: tom tommy
    timothy: tim timmy
    valerie: val
    victor: vic
    victoria: vicky tori vic
    vincent: vince vinny
    walter: walt wally
    william: will bill billy liam willy willie
    zachary: zach zac zack
"""


def _read() -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """The names, and for everything that people are called the names it may be for."""
    names: set[str] = set()
    meant: dict[str, set[str]] = {}
    for line in _CALLED.strip().splitlines():
        name, _colon, called = line.strip().partition(": ")
        names.add(name)
        for one in (name, *called.split()):
            meant.setdefault(one, {one}).add(name)
    return frozenset(names), {name: frozenset(those) for name, those in meant.items()}


_NAMES, _MEANT = _read()


@lru_cache(maxsize=65_536)
def names_meant_by(name: str) -> frozenset[str]:
    """The names that somebody who is called this may have: itself, and Giuseppe for Beppe."""
    return _MEANT.get(name) or frozenset((name,))


def are_one_name(a: str, b: str) -> bool:
    """Whether both may be called so: Beppe and Giuseppe, Pino and Beppe; not Rosa and Anna, who may be Rosanna."""
    first, second = names_meant_by(a), names_meant_by(b)
    if a in second or b in first:
        return True
    return a not in _NAMES and b not in _NAMES and not first.isdisjoint(second)

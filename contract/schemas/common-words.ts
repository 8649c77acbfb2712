/**
 * What passwords are made of again and again, in lower case and without accents: the first of the dictionary
 * `passwords` of @zxcvbn-ts/language-common 4.1.3 (MIT licence; copyright (c) 2012-2016 Dan Wheeler and Dropbox, Inc.,
 * (c) 2021 @zxcvbn-ts) without what stands around the words, and Slovene ones of our own: names, towns, clubs, words.
 * 27 kB, 12 kB compressed. Some are coarse: people choose them all the same.
 */
export const commonWords = `
a1b2c a1b2c3d a1s2d3f a2b3c a2b3c4d aardvark aaron aberdeen abgrtyu abigail access accord account achilles action
active adam adgjmptw adidas admin administrator admiral adrian adriana adult aezakmi africa agent aggies aikido
airborne airbus airforce airplane ajda ajdovscina alabama alan alaska albatros albert alberto albina albion alejandr
aleksander aleksandr aleksandra alencica alenka alex alexande alexander alexandr alexandra alexis alfred alibaba alice
alicia alien aliens alison aljaz allen alliance allison allsop alojz alpha alpine always alyssa amadeus amalija amanda
amateur amazon amber amelia america american amsterda amsterdam ana anaconda anakin anal analsex anamarija anarchy
anastasia ancka anders anderson andre andrea andreas andrei andrej andreja andrew andrey andy anfield angel angela
angelcek angelica angelina angelo angels angie anhyeuem anica animal anime anja anna annette annie anthony anton
antonija antonio anubis anything anze apache apollo apple applepie apples april aquarius aragorn archer archie area
arizona arjay armani arnold arsenal artemis arthur artist asdfjkl asdzxc ashley ashton asian aspire aspirine assassin
assfuck asshole assman asterix astros atek athena ati atlanta atlantic atlantis atomic attack auburn audrey august
aurora aussie austin australi australia autumn avalon avatar avenger avgust avto avtomobil awesome azamat azerty
azsxdc azsxdcfv babe babes babic babica babies baby babyboy babydoll babygirl babylon backdoor bacon badass badboy
baddog badger baggins bailey balkan ball baller balloon balls banana bananas bandit bang bangkok banka banshee barbara
barbie barcelon barcelona barkley barney barry barsik bart baseball basket basketba basketball bass bassman bastard
batman battle baxter beach beagle beaner bear bears beast beatles beatrice beautiful beauty beaver beavis beckham
becky beefcake beer beetle bela beli belinda bell bella belle bender benjamin bennett benson bentley berlin bernard
bernarda bernie bertha bethany better betty beverly bezigrad bianca bicycle bigballs bigbird bigboobs bigboy bigcock
bigdaddy bigdick bigdog bigfoot bigger biggie bigguy bigmac bigman bigmoney bigone bigred bigsexy bigtime bigtits
bikini bill billie billy billybob billyboy bingo bird birdie birdman birthday biscuit bishop bitch bitches biteme
bizjak bizkit black blackcat blackdog blackie blackjac blackman blacks blacky blade blades blake blaster blatnik blaz
blazer bled blessed blink blizzard blok blonde blondes blondie blood bloody blow blowjob blowme blue bluebird blueeyes
bluemoon blues bluesky boat bobafett bobbie bobby bobcat boeing bog bogart bogdan bohica bohinj bojan bojana bollocks
bollox bomber bond bondage bone bonehead boner bones bonita bonjour bonnie bonsai boob boobies boobs booger boogie
boomer bootie boots booty boris borovnica borut bosco boss bossman bostjan boston bottom bovec bowler bowling bowser
boxing boys bozic brad bradford bradley brandi brando brandon brandy branka branko brasil brat braves brazil breast
breda breeze bregar brenda brendan brezice breznik brian brianna bridge bridget brigita brina bristol britney brittany
broadway broder broken bronco broncos brooke brooklyn brooks brother brothers brown brownie browns bruce brucelee
bruins bruno brutus bryan bryant bubba bubbas bubble bubbles buck buckeye buckeyes buddha buddy budlight budman
buffalo buffett buffy bugger bull bulldog bulldogs bullet bullshit bunghole bunny burek burger burton bush business
buster butalci butch butler butt butter butterfl butterfly butthead butthole buttman buttons byteme cabbage cactus
cadillac caesar caitlin calico caliente californ california callie calvin camaro camel camelot camels camera cameron
camilla camille campbell canada cancel cancer cancun candle candy candyman cankar cannon canon cantona capital capone
captain caramel cardinal carl carlo carlos carlton carmen carol carolina caroline carolyn carpet carrera carrie carrot
carson carter cartman cartoon caserta casey cash casino casper cassidy cassie castle catalina catch catdog catfish
catherin catherine catman cats cavalier caveman ccbill cdtnkfyf cebela cebelica cecilia celeste celica celine celje
celtic celtics cent center central cesnja cessna cetrtek chad chair champion champs chance chandler chanel chang
change changeme chaos charger chargers charles charley charli charlie charlott charlotte charlton charly charmed chase
chaser check cheers cheese cheetah chelsea cheng cherokee cherry cheryl chester chevelle chevrole chevy chewie
cheyenne chicago chicken chickens chicks chico chief chiefs children china chipper chloe chocolat chocolate chopper
chris chrissy christ christia christian christin christine christop christopher christy chronic chubby chuck chucky
church cibona cinder cindy cinnamon city cjkysirj cjkywt claire clancy clapton clarence classic claude claudia clayton
clemson clifford clinton clipper clitoris cloud clover cobra cocacola cock cocks coconut cody coffee coke cokolada
coleman colleen college collins colombia colorado colors colt coltrane columbia columbus comics command commando
compaq computer concrete condom condor connect conner connie connor conrad consumer content control cookie cookies
cool cooldude cooler coolio coolman cooper cooter copper corona corrado corvette cosmo cosmos cosworth cotton cougar
country courtney cowboy cowboys coyote cracker crash crazy crazybab cream creampie creamy creative cricket crimson
cristina critter crna crni crnomelj cruise crunch crusader crvenazvezda crystal cthulhu cthutq cuddles cumming cumshot
cunt cupcake curious curtis cutlass cutter cvetka cxfcnmt cyclone cynthia daddy dagger daisy dakota dale dallas dalton
damian damien damjan damjana dammit damnit dana dance dancer danes danger danie daniel daniela danielle daniil
danijela danila danni danny dannyboy darja dark darkness darko darkside darkstar darling darren darwin dave david
davids davidson davis dawg dawson daytona dbrnjhbz dead deadhead deadman dean deanna death debbie deborah december
dedek dedi deeznuts defender defiant deftones dejan delete delfin delo delta demon denali denar denis denise deniska
dennis denver derrick desert design designer desire deskjet destiny detroit devil devildog devils dexter dfkthbz
dfkthf dfvgbh diablo diamond diamonds diana dick dickhead dicks diesel dietcoke digger digital dilbert dildo dilligaf
dillon dima dinamo dingdong dinosaur director dirty discover disney divine dixie dkflbvbh doberman dobrodosli
dobrojutro doctor dodge dodger dodgeram dodgers dogg doggie doggy dogman dogs doktor dolenc dolenjska dollar dolphin
dolphins dom domen dominic domino domov domzale donald doncic dong donkey donna donnie doobie doodle dookie dorothy
double doughboy douglas down dracula draga dragi dragic dragica drago dragon dragons dragoon drake drava dream dreamer
dreams drew driver drizzt drowssap drpepper drummer druzina druzinica dthjybrf dublin ducati duchess duck dude dudley
duke dumbass duncan durango dusan duster dustin dusty dylan eagle eagles easy eatme eatpussy eatshit eclipse eddie
eduard edvard edward eeyore eileen einstein ekaterina elaine electric element elena elephant eleven elijah elizabet
elizabeta elizabeth elliot elliott elvira elvis elwood ema emerald emerson emil emily eminem emma emmanuel empire enej
energy engage engine engineer england english enigma enjoy enota enter enterpri enterprise eric ericsson erik erika
erjavec ernest erotic escape escort esther eternity eugene eva evelyn everest everton excalibu exigen exigent exodus
explorer express extreme fabian fabie faith falcon falcons fallen family fant fantasy farmer farside fart fashion fast
faster fatass fatboy fatcat father fatima fatman februar february feet felicia felix fender fernand fernando ferrari
ferret fetish ficken fiesta figaro fighter filip filter finger fingers finish fire fireball firebird firefly firefox
fireman first fish fisher fishing fitness fktrcfylh fktrcfylhf fktrctq flames flamingo flash flatron fletch fletcher
flight flipper florence florian florida flower flowers fluffy flyboy flyers flying foobar football ford fordf forest
forever forget forgot formula forrest fortuna fortune fossil foster fowler foxtrot franc france frances francis
franciska francka franco francois frank frankie franklin franky freak freaks freaky freckles freddie freddy frederic
free freedom freeman freepass freeporn freeuser french friday friend friends fright frisco fritz frog frogger froggy
front frontier frosty fubar fuck fucked fucker fuckers fuckface fuckin fucking fuckit fuckme fuckoff fuckyou fugazi
function funny funtime furlan fusion future fyfcnfcbz fylhtq gabrie gabriel gal galaxy galina galore gambit gandalf
gang gangbang gangsta gangster garage garaza garbage garcia garden garfield garrett gary gasilci gasilec gasper
gateway gator gators gbpltw geheim gemini general genesis genius george georgia gerald gerard german germany geronimo
geslo getsome gfhjkm ghbdtn ghbdtnbr ghetto ghjcnj ghost giant giants gibson gilbert gillian ginger giorgi giovanni
girl girls gizmo gizmodo gjkbyf global gloria gmoney gn56gn goblin goblue goddess godec godsmack godzilla gofish
goforit goku gold goldberg golden goldfish goldie golf golfball golfer golfing goliath golob goober good goodbye
goodluck goodtime google goose gopher goran gordon gore gorenjska gorica gorilla gotcha gothic gotohell govols grace
gracie graham grandma granny grapes grateful great greatone green greenbay greenday greendragons greens greg grega
gregor gregoric gregory gremlin grendel gretchen griffey griffin gringo grizzly groovy grosuplje grover grumpy
guardian guest guiness guinness guitar gundam gunner gustav hacker hafner hailey hajduk hal halflife hallo hamburg
hamilton hamlet hammer hammers hamster hana handsome hank hannah hannibal hansen hansolo happy happyday hard hardcore
harder hardon hardrock harley harmony harold harper harris harrison harry harvey hastings hawaii hawk hawkeye hayden
hayley hcerka hci head hearts heather heaven hector hedgehog heidi helen helena helios hell hellfire hello hellyeah
help helpme hendrix henry hentai herbert herbie hercules herman hermes hershey hesoyam hidden highland hilton hiphop
hisa history hithere hitman hjvfirf hobbes hobbit hocevar hockey hodzic hokej holden holiday holland holly hollywoo
hollywood holmes holyshit home homer homers homerun honda honey hongkong hooker hooter hooters hoover hope hopper
horndog hornet horney horny horse horses horvat hotboy hotdog hotrod hotsex hotshot hotstuff hottie house houses
houston howard hren hribar hribernik hribi hudic hudson humar hummer hungry hunter hunting hurrican husker huskers
huskies hustler hvala hvalabogu hyperion ibanez icecream iceman idrija iforgot igor iguana ihateyou iiportal ilic
illini ilovesex iloveu iloveyo iloveyou imagine imamterad immortal impala imperial incubus indian indiana indians
indigo infantry inferno infiniti infinity ingrid insane inside integra internet intrepid ireland irena irina irish
irma ironman isabel isabella isabelle isaiah island israel italia ivan ivana ivanka ivanov ivanova iverson iwantu
izola jabolko jack jackal jackass jackie jackoff jackson jacob jadran jagoda jaguar jaka jake jakob jamaica james
jamesbon jamie jammer jan jana janez janice janine janja januar january japan japanese jarhead jasmin jasmina jasmine
jason jasper javier jayeeuz jayhawk jazz jazzman jeanette jedi jeep jeff jeffrey jenko jenna jennie jennifer jenny
jensen jereb jeremiah jeremy jericho jerkoff jerman jernej jerome jerry jersey jesen jesenice jesse jessica jessie
jester jesus jethro jezek jezero jezus jimbo jimbob jimmy joanna joanne joey johanna john johnny johnson joker jokers
jonathan jones jordan jose joseph josh joshua jovanovic joze jozef jozica jrcfyf juan judith jug jugoslavija juice
julia julian julie juliet julij julija julius jumper junebug jungle junij junior jupiter jure jurij justdoit justice
justin justine justme jutri juventus kaiser kaja kajcvas kaktus kamikaze kamnik kangaroo kansas karate karen karina
karkoli karolina karte kasper kastelic katana katarina katerina kathleen kathryn kathy katie katja katrin katrina kava
kavcic kawasaki kcj9wx5n keeper keith kekec kelley kelly kelsey kennedy kenneth kenny kenshin kentucky kenwood
kenworth kermit kevin keyboard keystone keywest kicker killbill killer killme kimber kimberly king kingdom kingfish
kingkong kingpin kingston kipper kirill kirsten kiss kisses kissme kitkat kitten kitty kittycat klara klaster klemen
klemencic kljuc knez knicks knight knights knopka kobal kocevje kodiak kolar kolesar kolo kolobok kolpa kong konj
konjicek koper kopitar koren korosec koroska kos kosarka koshka kosir kotenok kotnik kovac kovacic krajnc kralj kramer
kranj kranjc kranjskagora krava kremsnita krim krishna krista kristen kristi kristin kristina kristjan kristy krka
krpan krsko kruh ksenija ktyjxrf kuhar kume kurent kuza kuzek kyle labrador labtec lacrosse ladies ladislav lady
ladybug laguna lah lahkonoc lakers lana lancelot lancer lansing laptop lara larisa larry lasko lasvegas latin latino
laura lauren laurie lawrence lawyer leader leather leban ledzep legacy legend legion legolas lemons lennon leon
leonard leonardo leopard leopold lepdan lepovreme lesbian lesbians lesjak leslie lespaul lestat lester letmein letsgo
lev levcek lewis lexmark liberty lick licker lickit lickme lidija life lifehack lifetime light lightnin lights lillian
limona lincoln linda lindsay lindsey lineage lion lionking liquid lisa lisica litija little liverpoo liverpool lizard
lizzie ljubcek ljubezen ljubi ljubica ljubim ljubimte ljubljana ljudmila lobster logan logar logatec logitech loka lol
lolipop lolita lollipop london lonely lonestar lonewolf long longhorn looker looking lorenzo lorraine loser louise
love loveit lovely loveme lover loverboy lovers loveyou loving lovro lowrider lucas lucifer lucija lucky luckydog lucy
ludvik ludwig luka luke luna luther lvbnhbq macdaddy machine macka macross madden maddie maddog madeline madison
madman madmax madness madonna madrid maestro magdalena maggie magic magick magnolia magnum magnus maiden mailcreated
mailman maj maja majcen majda majestic makaveli maks maksim malaka malcolm malibu malina mallard mami mamica manager
manca manchest manchester mandingo mandy maniac manson manuel manutd maradona marathon marc marcel marco marcos marcus
marec margaret margarita maria mariah marian marianne maribor marie marija marilyn marina marine mariners marines
marino mario marion marisa marissa marjan marjana marjeta marjetica mark market marko markovic markus marlboro marlene
marley marlin marshall marta martha martin martina martinez martini martinkrpan marvel marvin mary maryjane maryland
mason massive master masters matador matej mateja mathew matic matilda matjaz matrix matt matthew mattie matura mature
maurice maverick mavrica max maxell maxima maximus maxine maxwell mayday mayhem maynard maze meatball meatloaf
mechanic medo medved medvedek megadeth megaman megan meghan melanie melinda melissa mellon melody melvin member
memorex memory memphis mercedes mercury meridian merlin mersedes metal metallic metallica method metka metlika metulj
mexico miami michael michaela michel michele michelle michigan mickey microlab microsof microsoft midget midnight
mighty miguel miha mike mikey miki milan milana milano milena miles milijon military miller millie million milton mine
minecraft minnie mir miracle mirage miran miranda miriam mirjam mirko miska mission missy mister mistress misty
mitchell mitja mlakar mobile models moj moja mojca moje mojegeslo mojo mollie molly moloko molson momoney monday money
moneys mongoose monica monika monique monitor monkey monkeys monopoly monroe monster montana montreal monty moocow
mookie moon moose morgan morje morpheus morris morrison moscow moste mother motor motorola mountain mouse movie movies
moz mozart mrak muca mucek muci muffin mulder munchkin muppet mura murder muri murphy murray murska murskasobota
muscle mushroom music musicman mustang mustangs mylove mypass myself mystery mystic nada nadine naked nancy napass
napoleon naruto nasa nascar nasty nastya natali natalia natalie natasa natasha nathalie nathan national natural nature
naughty ncc nccitoia nccitoid nccitoie nebo nebraska nedelja nejc nekaj nekajnovega nellie nelson nemesis neptune
network nevada nevem nevemgesla newlife newman newpass newport newton newyork neza nfnmzyf nguyen nicholas nick nicola
nicolas nicole night nik nika nikita nikki nikola nikolic nimam nimamgesla nimrod nina niners ninja nintendo nipple
nipples nirvana nissan nkcelje nkmaribor nobody nofear nogomet nokia nolimit none noodle noodles nookie nopass norman
norton nothing notranjska nova novagorica novak november novogeslo novoleto novomesto nugget number nusa nuttertools
nwoalife nyjets nylons nymets oakland oakley obiwan objem oblak oblivion oce ocka october odessa office ohyeah oicu
oilers oklahoma oksana oktober oldman oleg olga olimpija oliver olivia omega onelove online onlyme open openup
operator oracle orange oranges oregon orel orgasm orioles orion orlando oscar osiris oskar otroci otrok outlaw
overlord oxford pacific packard packer packers pacman painter pakistan palace paladin palmer pamela panama panasonic
pancho panda pandora pantera panther panthers panties pantyhos panzer paradise paradox paris parker parola parrot
partizan party pascal pass passat passion passport passwor password passwords passwort patches patricia patricija
patrick patrik patriot patriots patton paul pauline pavel pavilion pavlic payton peace peaches peanut peanuts pearljam
pebbles pecnik pedro peekaboo peewee pegasus pencil penelope penguin penguins penis penny pentium people pepper pepsi
perfect perko personal pervert pes pete petek peter peterpan peters peterson petra petric petrovic peugeot phantom
philip philips phillies phillip phillips philly phoebe phoenix photo photos phpbb pia pica picard picasso piccolo
pickle pickles pics picture pierre piglet pikachu pikapolonica piki pillow pilot pimp pimpin pineappl ping pingpong
pink pinkfloy pintar pioneer pippen piran pirate pirates pirc pisarna pistol pitbull pivo pizza placnik planet planica
plastic platinum plavanje play playboy player playtime please pleasure plumber plymouth pogacar poison pokemon polaris
poletje police policija polina poljub polniypizdec polo polona polozaj poloznica polska pomlad pompey poncho
ponedeljek pontiac poodle pooh poohbear pookie poontang poop pooper poopie pooter popcorn popeye popovic porkchop porn
porno pornstar porsche portal porter portland portoroz portugal positive possum postal postojna potato potica potocnik
potter powder powell power powers pozabil pozdrav pozdravljeni precious predator prekmurje prelude presario preseren
presto preston pretty prevc prijatelj prijatelji prijateljica prijava primorska primoz primus prince princes princess
printer private privet prodigy profit prosim prvaki psicek psycho ptica pticek ptuj pumpkin punca punisher punkin
punkrock puppies puppy pupsik purple pussie pussies pussy pussycat pussys putter pyramid python qa2ws3ed qawsed
qawsedrf qazxsw qazxswedc quality queen quincy qwaszx qweasd qweasdzxc qwerasdf r2d2c3po rabbit racecar racerx rachael
rachel racing racun rada radovljica radtemam rafael ragnarok raider raiders railroad rainbow raistlin rajko ralph
rambler rammstein ramona ramsak ramses randall random randy ranger rangers raptor rascal rasdzv rasputin rastaman
raven ravens ravne raymond razdelilnik razz rbhbkk rctybz ready reagan reality reaper rebecca rebel rebels redalert
redbull reddog redhead redhot redman redneck redrum redskins redsox redwings reebok reggie regina reka reks remember
renata renault renegade rereirf rescue research resnica retard retired revenge review rexy rfhbyf rfnthbyf rfrfirf
rfrnec rhbcnbyf rhonda riba ribnica ricardo rich richard richards richie richmond rick ricky rightnow ripper river
rjirfrgbde rjntyjr roadkill robbie robert roberta roberto roberts robin robinson robotech rock rocker rocket rockets
rockhard rockon rocks rockstar rocky rodney roger rogers roglic rok rokomet roland roller rolltide roman romance
romashka romeo rommel ronald ronaldo ronnie rookie rooster rootbeer roscoe rose rosebud rosemary rotten route rovers
roxanne roza rozica rozman rubber rudi rudolf rugby rulez runner running rupert rupnik rush ruslan russell russia
russian rustam rusty ryan sabbath sabina sabine sabrina sadie safety sah sailboat sailing sailor saint saints sakura
sally salmon salvador samantha samiam sammie sammy samo samoza samozame sampson samson samsung samuel samurai sanchez
sanders sandi sandiego sandman sandra sandro sandy santana santiago santos sapphire sara sarah saratoga sasha saso
sassy satan saturn saun sausage sava savage savannah savic sayang scarface scarlet scarlett school science scooby
scoobydo scooter scorpio scorpion scotch scotland scott scottie scotty scrappy scratch scream scruffy scully seamus
sean search seattle sebastia sebastian sebastjan secret security seinfeld select selena seminole semperfi sentinel
septembe september serega serena serenity sergei sergej sergey sergio server service sesame sestra seven sever sevnica
sex sexame sexual sexx sexy sexygirl shado shadow shaggy shalom shaman shamrock shane shaney shania shannon shaolin
shark sharks sharon shasta shaved shazam shearer sheena sheila shelby shelley shelly shemale sherlock sherman sherry
sherwood shiloh shirley shit shithead shitty shogun shooter shopping short shorty shotgun showme showtime sidney
siemens sierra silva silver silvia silvo simba simon simona simone simple simpson simpsons sin sinatra singer single
sinner sirius siska sister sithlord sixers skater skeeter skiing skinny skipper skippy skittles skofja skofjaloka
skorpion skrito skrivno skrivnost skydive skyline skywalke skywalker slacker sladoled slappy slapshot slave slavko
slayer sleepy slick slider slipknot slovan slovenec slovenia slovenija slovenjgradec slovenka slut sluts slutty sluzba
smarnagora smile smiles smiley smith smitty smoke smoker smokey smokin smooth smucanje smuci smudge smut snake snakes
snapper snatch snickers sniper snoopdog snoopy snow snowball snowman snuggles sobaka sobota soca soccer socrates
softball software sojdlg123aljg sola soldier soleil solnce solomon somethin sommer sonce soncek soncnica sonic sonja
sony sooner sooners sophia sophie soso123aljg southern sova space spank spanking spankme spanky sparkle sparks sparky
sparta spartak spartan spartans speaker spears special spectrum speed speedy spela spencer spider spiderma spiderman
spidey spike spirit spitfire splash spooky sport sports spring springer sprint sprite spunky spurs spyder squirrel
squirt srce srcek sreca srecko srecno sreda srinivas stacey stajerska stalker stallion standard stane stanislav
stanley stanovanje star starbuck starcraft stardust starfish stargate stars starship startrek starwars station stavba
stealth steele steeler steelers stefan stefano stella stephani stephanie stephen sterlin sterling steve steven stevie
stewart stick sticks sticky stimpy stinger stingray stinky stocking stocks stojan stolen stone stonecol stoner stones
storm stormy stranger street strider strike striker stripper strong strukelj stuart stud student studio stuff stupid
subaru sublime subway success suck sucker suckit suckme sucks sugar sultan summer summit sundance sunday sunny sunrise
sunset sunshine super superfly superman superstar support surf surfer surfing susan suzanne suzuki svetik svetlana
svit svoboda swallow sweden sweet sweetie sweetpea sweets sweety swimmer swimming swinger swingers sword swordfis
swordfish sydney sylvia syracuse system tacobell tacoma tadej taja tamara tammy tang tanja tanker tanner tanya tara
tardis target tarheel tarheels tarzan tasha tatiana tattoo tatyana taurus taylor tazman tdutybq teacher technics
techno teddy teen teens tek tekken telefon temp tempest temple tennis tequila teresa terezija terminal terminator
terror terry test tester testing texas thailand thanks thankyou thegame thekid theking theman theodore theone theresa
therock thomas thompson thor throat thuglife thumper thunder thursday thx tian tickle tiffany tiger tigers tigger
tight tilen tim timber time timmy timothy tina tinkara tinker tinman titanic titans titleist tito tits titties tjasa
tobias toby today tolkien tolmin tomato tomaz tomazic tomcat tommy tony tool tootsie topcat topdog topgun topper
torcida torek tornado toronto torres torta toshiba tottenha toyota tracey tractor tracy traffic trains trance transam
travel travis trbovlje treasure trebnje trebor tree trevor trfnthbyf tricky trident trigger triglav trinidad trinity
tristan triton triumph trixie trojan trojans trombone trooper trouble truck trucker trucks truelove trumpet trunks
trustno trzic tsunami tucker tuesday tulipan tundra turbo turk turkey turner turtle tvoja tweety twilight twisted
twister tyler typhoon tyrone ucitelj uciteljica ultima ultimate underdog unicorn union united universe unknown unreal
upanje uporabnik upravljanje upravnik urban uros urska usa usuckballz utopia vacation vader vagina val valentin
valentina valera valeria valerie valhalla valley vampire vanessa vanhalen vanilla vceraj vectra vegeta velenje
velikanoc velvet venus vera verbatim veritas vermont vernon verona veronica veronika vertigo veselje vesna vette
vfczyz vfhbyf vfhecz vfksirf vfrcbv vfrcbvrf vfvekz vfvjxrf viagra vic victor victoria victory vid vida video vidic
vidmar vijole vijolica viking vikings viktor viktoria vili vincent vinko vino viole violet viper vipers virgin
virginia vision vitalik vito vivian vkontakte vladik vladimir vladislav vojko volk volley volume voodoo vortex voyager
voyeur vrata vrhnika vrtnica vsedobro vseokej vstop vulcan walker wallace walleye wally walnut walter wanker warcraft
warhammer warlock warlord warren warrior warriors water waterloo waters watson wayne weasel weather webmaster webster
weed weezer welcome wendy werewolf werner wesley western westham westside wetpussy whatever wheels whiskey whisper
white whitney whocares whore whynot wibble wicked wilbur wildcat wildcats wildfire william williams willie willis
willow willy wilson window windows winner winnie winston winter wisdom wizard wolf wolfgang wolfie wolfman wolfpack
wolverin wolverine wolves wombat women wonder wood woody wookie wordpass world wrangler wrestlin wright wrinkle writer
wutang xanadu xavier xfiles xtreme yamaha yankee yankees ybrbnf yellow yfnfif yomama yosemite young yourmom yvonne
yzerman zaba zachary zagar zagorje zajc zajcek zajec zala zalec zan zaphod zaq12wsx zaqixsw zaqwsx zaqxsw zarko zdenka
zdravko zdravljica zdravnik zdravo zelva zena zenith zeppelin zidane ziga zima zipper ziva zivjo zivljenje zlata
zlatko zlato zmaj zmajcek zmajeviljubljana zmaji zofija zoja zombie zoran zorko zorro zupan zupancic zvezda zvezdica
zvone zxcasd zxcasdqwe
`;

/**
 * Words that APIs write into their paths themselves: verbs, resources, states. A segment made of
 * them is rather a literal; a segment of other words may be somebody's slug. Kept in alphabetical
 * order of groups, singular where a plural exists.
 */
export const apiVerbs: ReadonlySet<string> = new Set(
  `abort accept acknowledge activate add adjust advance allocate allow analyze anonymize apply approve archive
  assign attach authenticate authorize backup ban batch begin bind block book boost build bulk buy calculate call
  cancel capture change charge check checkin checkout claim clean clear clone close commit compare complete compose
  compress compute confirm connect consume convert copy count create crop deactivate debit debug decline decode
  decrypt delete deliver deny deploy describe destroy detach detect diff disable discard disconnect dismiss dispatch
  dispute download drain drop duplicate edit enable encode encrypt end enroll enqueue estimate evaluate exchange
  execute exit expand expire export extend fail favorite fetch filter finalize find finish flag flush follow force
  fork forward free freeze fulfill generate get give grant group hide hold identify impersonate import increment
  index ingest init initialize initiate insert inspect install interrupt introspect invalidate invite invoke issue
  join keepalive kick kill leave like link list listen load lock log login logon logout logoff lookup manage map mark
  match merge migrate modify monitor move mute notify open order parse patch pause pay pick pin ping play poll
  post preview print process promote provision prune publish pull purchase purge push put query quote rate read
  rebase reboot rebuild recalculate receive recommend reconcile recover redeem redirect refresh refund regenerate
  register reindex reject release reload remove rename render renew reopen reorder replace replay reply report
  request resend reserve reset resize resolve restart restore resubmit resume retrieve retry return revert review
  revoke rollback rotate run sample save scale scan schedule search select send set settle share show shutdown sign
  signin signout signup silence simulate skip snooze sort split start stop store stream submit subscribe suggest
  suspend swap switch sync synchronize tag terminate test toggle top track train transcode transfer transform
  translate trigger trim truncate unarchive unassign unban unblock unfollow unfreeze uninstall unlink unlike unlock
  unmute unpause unpin unpublish unregister unstar unsubscribe unsuspend unwatch update upgrade upload upsert use
  validate verify view void vote wait watch withdraw write`.split(/\s+/),
);

export const apiNouns: ReadonlySet<string> = new Set(
  `ability about access account accounting acl action active activity actor ad addon address admin administration
  advertisement affiliate agent aggregate agreement alarm album alert alias all analysis analytic annotation
  announcement answer api app appearance applet appliance application appointment approval archive area article
  artifact artist asset assignee assignment asynchronous attachment attempt attendance attendee attribute auction
  audience audio audit author authorization automation availability available avatar award background badge balance
  bank banner bar base basket bearer benefit bid bill billing binary bio block blog board body bookmark booking
  bot branch brand breakdown broadcast browser bucket budget bug builder building bundle business button buyer by
  cache calendar callback campaign candidate capability capacity card care carrier cart case cash catalog catalogue
  category cell certificate channel chapter character chart chat checklist child choice city class classification
  client clinic closure cluster code coin collaboration collaborator collection color column command comment
  commission common community company competition completion compliance component composite condition conference
  config configuration confirmation connection connector consent console constant constraint consumer contact
  container content contest context contract contribution contributor control conversation conversion cookie
  copyright core cost country coupon course cover coverage credential credit criteria cron currency current
  custom customer cursor dashboard data database dataset date day deal debt default definition delegate deletion
  delivery delta demo department deposit depth desc description design destination detail device device dialog
  diagnostic dictionary digest dimension direction directory disclosure discount discovery discussion disk display
  distribution division document documentation domain donation dossier draft driver due dump duration dynamic e2e
  edge edition editor element email embed embedding emoji emote employee employer endpoint engine entitlement entity
  entry env environment episode equipment error estimation event exam example exception exclusion execution expense
  experience experiment expiration exporter extension external extra face facet fact facility family faq favicon
  favourite feature fee feed feedback field file finance firewall firmware fixture flavor fleet flight flow folder
  follower following font food form format forum foundation fraud friend frontend fulfillment full function fund
  funding gallery game gate gateway general geo geography gift global goal good grade graph graphql grid guest guide
  handler hash head header health healthcheck heartbeat help hidden highlight history home hook host hotel hour
  house household hub icon id identifier identity image impression inbox incident income individual industry info
  information ingredient input insight instance institution instruction insurance integration intent interaction
  interest interface internal interval inventory investment invitation invoice ip item itinerary job journal
  json jwks key keyword kind knowledge label lane language laptop latest latency layer layout lead leaderboard league
  learning ledger legacy legal lesson letter level library license lifecycle limit line lineage linked listing
  live local locale location logo loan lot loyalty machine mail mailbox mailing maintenance manager mandate
  manifest manufacturer mapping margin market marketing marketplace markdown mask master match material matrix me
  measure measurement media medication meeting member membership memo memory mention menu merchant message meta
  metadata meter method metric milestone mime mine minute mirror missing mobile mock mode model moderation
  moderator module money month motion movie multipart music my name namespace nearby neighbor net network new news
  newsletter next node note notebook notice notification number oauth object occurrence offer office offline offset
  online openapi operation operator opportunity opt option orchestration organisation organization origin otp
  outage outbox outcome output overview override owned owner ownership pack package page pagination panel paper
  parameter parent park parser part participant partition partner party pass passenger passkey password path patient
  pattern payee payer payload payment payout payroll peer penalty pending people percentage performance period
  permission person persona personal phase phone photo picture pipeline place plan plane platform player playlist
  plugin pod point pointer policy poll pool popular popularity portal portfolio position power preference prefix
  premium prescription presence presentation preset price pricing priority privacy private privilege prize problem
  procedure product production profile program progress project prompt proof property proposal provider proxy pub
  public publication publisher qr quality quantity question queue quiz quota rank ranking rating ratio raw reaction
  reader realm reason rebate receipt recent recipe recipient recommendation record recording recovery recurring
  referral reference region registration registry regulation rejection relation relationship reminder rent rental
  replica repo repository representation reputation reservation reset resolution resource response restaurant
  restriction result resume retention revenue reviewer revision reward ride right risk robot role room root
  route row rpc rule runner runtime salary sale sandbox sales saved scene schema scheme school scope score screen
  script season seat secret section sector security segment self seller sensor sentiment sequence serie server
  service session setting setup shape shard sheet shift shipment shipping shop shopping shot show sidebar signal
  signature site situation size skill sku slide slot snapshot snippet social socket soft software solution song
  source space spec specification spending sponsor spot sprint ssh ssl sso stack staff stage standard standing star
  state statement static station statistic stats status step sticker stock stop storage storefront story strategy
  street string student study style sub subject submission subreddit subscriber subscription subtotal suite summary
  supplier supply support survey symbol system table target task tax taxonomy team teacher technology telemetry
  template tenant term terminal territory text theme thread threshold thumbnail ticket tier time timeline timer
  timeseries timestamp timezone tip title today token tool topic topology total tour tournament traffic trailer
  training transaction transcript transit transition translation transport trash travel treatment tree trend trending
  trial trip trust tutorial tv tweet type uid unit universe unread upcoming upstream uptime url usage user username
  utilization valuation value variable variant vehicle vendor venue verification version video viewer viewport
  violation virtual visibility visit visitor vocabulary volume voter voucher vulnerability wallet warehouse
  warning watcher watchlist weather web webhook website week weight widget wiki window winner with word work
  worker workflow workspace worklog year zone`.split(/\s+/),
);

/** Little words inside compound literals: `log-in`, `by-external`, `sign-up-with-email`. */
export const connectives: ReadonlySet<string> = new Set(
  "a an and as at be by can do for from if in is it me my no non not of off on or out own per pre re self the to up via who with without current".split(
    " ",
  ),
);

/** ISO 3166 two-letter countries and ISO 639 languages as they stand in paths. */
export const countryCodes: ReadonlySet<string> = new Set(
  `AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI
  CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET EU FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY
  HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY
  MA MC MD ME MG MH MK ML MM MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PR PS PT
  PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ
  UA UG UK US UY UZ VA VC VE VG VI VN VU WS XK YE ZA ZM ZW`.split(/\s+/),
);

export const languageCodes: ReadonlySet<string> = new Set(
  "ar bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko lt lv mk ml mn mr ms nb nl nn pl pt ro ru sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh".split(
    " ",
  ),
);

/** ISO 4217 currencies that are traded most. */
export const currencyCodes: ReadonlySet<string> = new Set(
  "AED ARS AUD BDT BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR JPY KES KRW KWD MAD MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR BTC ETH USDT".split(
    " ",
  ),
);

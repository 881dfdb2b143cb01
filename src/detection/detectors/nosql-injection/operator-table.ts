/** What an operator of a document database does when a client may choose it. */
export type OperatorRank =
  /** Runs JavaScript or an expression of the database. */
  | "runs-code"
  /** Turns a comparison around or makes it match anything. */
  | "widens"
  /** Compares; honest filters use it, and so do attacks on fields that are not meant to be filters. */
  | "compares"
  /** Changes what is stored. */
  | "updates";

export const operators: ReadonlyMap<string, OperatorRank> = new Map([
  ...rank("runs-code", "where function accumulator expr mapreduce eval"),
  ...rank("widens", "ne nin not nor regex exists mod elemmatch comment or regexp"),
  ...rank(
    "compares",
    "gt gte lt lte eq in and size text search type all options jsonschema natural slice",
  ),
  ...rank(
    "updates",
    "set unset inc push pull rename addtoset lookup out merge unionwith graphlookup",
  ),
]);

/** Operators of Sequelize, Prisma and the like that are words: only in brackets, below a secret. */
export const lookupWords: ReadonlySet<string> = new Set(
  "contains icontains startswith istartswith endswith iendswith regex iregex exact iexact like ilike gt gte lt lte ne not in isnull match starts ends cont sw ew search".split(
    " ",
  ),
);

/** Fields whose value nobody should compare with a pattern; lower case, without separators. */
export const secretNames: ReadonlySet<string> = new Set(
  "password passwd pass pwd passwordhash hash secret token apikey apitoken accesstoken refreshtoken resettoken resetpasswordtoken resetcode otp totp mfa pin code verificationcode session sessionid csrf salt privatekey clientsecret".split(
    " ",
  ),
);

/** Fields that a sign-in compares; lower case, without separators. */
export const credentialNames: ReadonlySet<string> = new Set(
  "username user login email mail userid uid account name phone captcha".split(" "),
);

/** Containers in which an API takes operators on purpose; lower case. */
export const filterNames: ReadonlySet<string> = new Set(
  "filter filters where query selector criteria conditions condition search match sort populate fields projection rules metadata_filter metadatafilter pipeline aggregate predicate".split(
    " ",
  ),
);

function rank(name: OperatorRank, words: string): [string, OperatorRank][] {
  return words.split(" ").map((word) => [word, name]);
}

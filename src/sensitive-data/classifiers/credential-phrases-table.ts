import { phraseSet } from "../key-phrases.ts";

/** Names that end so hold a password. */
export const passwordTails: ReadonlySet<string> = phraseSet(`
  password passwd passwrd pwd passphrase passcode passwort kennwort contrasena motdepasse senha
  userpassword newpassword oldpassword currentpassword passwordconfirm passwordconfirmation
  confirmpassword repeatpassword dbpassword rootpassword adminpassword userpass pass
  passwordbase64
`);

/** Names that end so hold a credential for programs. */
export const apiKeyTails: ReadonlySet<string> = phraseSet(`
  apikey xapikey apitoken accesskey secretaccesskey secretkey clientsecret appsecret consumersecret
  consumerkey webhooksecret signingsecret signingkey encryptionkey masterkey sharedsecret privatekey
  secret secrets authtoken accesstoken refreshtoken bearertoken idtoken securitytoken servicetoken
  usertoken bottoken apptoken token authkey authorization credential credentials auth serviceaccountkey
  subscriptionkey functionskey sharedaccesskey accountkey storagekey licensekey personalaccesstoken
  sastoken oauthtoken oauthsecret tokensecret jwt apisecret apppassword otpsecret totpsecret
`);

/** Names that end so hold a token that opens nothing, or not for long. */
export const harmlessTails: ReadonlySet<string> = phraseSet(`
  pagetoken nextpagetoken nexttoken prevtoken previoustoken continuationtoken synctoken cursortoken
  csrftoken xsrftoken requesttoken clienttoken clientrequesttoken idempotencytoken canceltoken
  cancellationtoken confirmationtoken uploadtoken changetoken starttoken pagingtoken skiptoken
  deltatoken scrolltoken resumetoken stoptoken maxtoken maxtokens colortoken designtoken
  devicetoken pushtoken publickey verificationtoken invitetoken hasauth requiresauth
`);

/** Names that end so hold the identifier of a session. */
export const sessionTails: ReadonlySet<string> = phraseSet(`
  sessionid sessid sid session jsessionid phpsessid aspsessionid sessiontoken sessionkey
  sessioncookie connectsid sessiontoken authsession
`);

/** Headers that are no words of any language, so that a line beginning with one is a header. */
export const technicalHeaders: ReadonlySet<string> = new Set(
  (
    "set-cookie content-type content-length content-disposition content-encoding content-security-policy transfer-encoding " +
    "access-control-allow-origin access-control-allow-credentials access-control-expose-headers strict-transport-security " +
    "cache-control last-modified etag x-xss-protection x-frame-options x-content-type-options www-authenticate " +
    "proxy-authenticate x-forwarded-for x-forwarded-host x-real-ip x-powered-by user-agent accept-language remote-addr " +
    "accept-encoding if-modified-since proxy-connection keep-alive content-location content-range clear-site-data"
  ).split(" "),
);

/** Headers whose names are words; their values have to look like one. */
export const wordHeaders: ReadonlySet<string> = new Set(
  "location refresh host connection cookie referer origin server link expires pragma accept upgrade authorization".split(
    " ",
  ),
);

/** Headers of mail. */
export const mailHeaders: ReadonlySet<string> = new Set(
  "to cc bcc from subject reply-to return-path mime-version content-type content-transfer-encoding date x-mailer sender".split(
    " ",
  ),
);

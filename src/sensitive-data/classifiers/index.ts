import type { Classifier } from "../classifier.ts";
import { apiKey } from "./api-key.ts";
import { cardSecurityCode } from "./card-security-code.ts";
import { dateOfBirth } from "./date-of-birth.ts";
import { email } from "./email.ts";
import { geolocation } from "./geolocation.ts";
import { health } from "./health.ts";
import { iban } from "./iban.ts";
import { ipAddress } from "./ip-address.ts";
import { jwt } from "./jwt.ts";
import { nationalId } from "./national-id.ts";
import { password } from "./password.ts";
import { passwordHash } from "./password-hash.ts";
import { paymentCard } from "./payment-card.ts";
import { personName } from "./person-name.ts";
import { phone } from "./phone.ts";
import { postalAddress } from "./postal-address.ts";
import { secret } from "./secret.ts";
import { sessionId } from "./session-id.ts";

/** All classifiers; where two are equally sure of a value, the first one names it. */
export const builtInClassifiers: readonly Classifier[] = [
  email,
  paymentCard,
  cardSecurityCode,
  iban,
  nationalId,
  phone,
  dateOfBirth,
  personName,
  postalAddress,
  geolocation,
  health,
  ipAddress,
  jwt,
  passwordHash,
  secret,
  password,
  sessionId,
  apiKey,
];

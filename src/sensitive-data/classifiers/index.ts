import type { Classifier } from "../classifier.ts";
import { apiKey } from "./api-key.ts";
import { bankRouting } from "./bank-routing.ts";
import { cardSecurityCode } from "./card-security-code.ts";
import { cryptoAddress } from "./crypto-address.ts";
import { dateOfBirth } from "./date-of-birth.ts";
import { drivingLicence } from "./driving-licence.ts";
import { email } from "./email.ts";
import { geolocation } from "./geolocation.ts";
import { health } from "./health.ts";
import { iban } from "./iban.ts";
import { imei } from "./imei.ts";
import { ipAddress } from "./ip-address.ts";
import { jwt } from "./jwt.ts";
import { macAddress } from "./mac-address.ts";
import { nationalId } from "./national-id.ts";
import { passport } from "./passport.ts";
import { password } from "./password.ts";
import { passwordHash } from "./password-hash.ts";
import { paymentCard } from "./payment-card.ts";
import { personName } from "./person-name.ts";
import { phone } from "./phone.ts";
import { postalAddress } from "./postal-address.ts";
import { secret } from "./secret.ts";
import { sessionId } from "./session-id.ts";
import { vin } from "./vin.ts";

/** All classifiers; where two are equally sure of a value, the first one names it. */
export const builtInClassifiers: readonly Classifier[] = [
  email,
  paymentCard,
  cardSecurityCode,
  iban,
  nationalId,
  passport,
  drivingLicence,
  imei,
  vin,
  bankRouting,
  cryptoAddress,
  macAddress,
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

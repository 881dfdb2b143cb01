import type { Framework } from "./control.ts";
import { questions } from "./questions-table.ts";

/** The frameworks that findings are mapped to; only requirements that APIs can prove or disprove. */
export const frameworks: readonly Framework[] = [
  {
    id: "pci-dss-4",
    name: "PCI DSS 4.0",
    controls: [
      {
        id: "2.2.6",
        asks: "System security parameters are configured to prevent misuse.",
        query: questions.hardening,
      },
      {
        id: "3.3.1",
        asks: "Card verification codes are not kept or given out after authorization.",
        query: questions.cardCodes,
      },
      {
        id: "3.4.1",
        asks: "Card numbers are masked when they are displayed.",
        query: questions.cardNumbers,
      },
      {
        id: "4.2.1",
        asks: "Strong cryptography protects card data in transit over open networks.",
        query: questions.transport,
      },
      {
        id: "6.2.4",
        asks: "Software engineering prevents common attacks such as injection.",
        query: questions.injection,
      },
      {
        id: "6.3.2",
        asks: "An inventory of bespoke software and its interfaces is kept.",
        query: questions.inventory,
      },
      { id: "6.3.3", asks: "Known vulnerabilities are patched.", query: questions.patching },
      {
        id: "6.4.1",
        asks: "Public-facing applications are protected against known attacks.",
        query: questions.attacks,
      },
      {
        id: "7.2.1",
        asks: "Access is granted by need, and to nobody else.",
        query: questions.accessControl,
      },
      { id: "8.3.1", asks: "Every access is authenticated.", query: questions.authentication },
      {
        id: "8.3.2",
        asks: "Authentication factors are protected in transit and use.",
        query: questions.credentialCare,
      },
      {
        id: "8.3.6",
        asks: "Passwords and secrets are hard to guess.",
        query: questions.credentialCare,
      },
      { id: "12.5.2", asks: "The scope is documented and confirmed.", query: questions.inventory },
    ],
  },
  {
    id: "nist-800-228",
    name: "NIST SP 800-228, risks of section 2",
    controls: [
      { id: "2.1", asks: "Every API is visible in the inventory.", query: questions.inventory },
      {
        id: "2.2",
        asks: "Authorization is neither missing nor insufficient.",
        query: questions.accessControl,
      },
      { id: "2.3", asks: "Authentication is not broken.", query: questions.authentication },
      { id: "2.4", asks: "Resource consumption is limited.", query: questions.availability },
      {
        id: "2.5",
        asks: "Sensitive information does not leak to callers.",
        query: questions.sensitiveAnswers,
      },
      { id: "2.6", asks: "Input is verified.", query: questions.injection },
      { id: "2.7", asks: "Credentials are of one sound form.", query: questions.credentialCare },
    ],
  },
  {
    id: "nist-800-53",
    name: "NIST SP 800-53 Rev. 5",
    controls: [
      { id: "AC-3", asks: "Access enforcement.", query: questions.accessControl },
      { id: "AC-6", asks: "Least privilege.", query: questions.minimisation },
      { id: "CM-7", asks: "Least functionality.", query: questions.hardening },
      { id: "CM-8", asks: "System component inventory.", query: questions.inventory },
      { id: "IA-2", asks: "Identification and authentication.", query: questions.authentication },
      { id: "IA-5", asks: "Authenticator management.", query: questions.credentialCare },
      {
        id: "PM-5(1)",
        asks: "Inventory of personally identifiable information.",
        query: questions.personalUndocumented,
      },
      { id: "RA-5", asks: "Vulnerability monitoring and scanning.", query: questions.patching },
      {
        id: "SA-4",
        asks: "Contracts say what a service must guarantee.",
        query: questions.contract,
      },
      { id: "SC-5", asks: "Denial-of-service protection.", query: questions.availability },
      {
        id: "SC-8",
        asks: "Transmission confidentiality and integrity.",
        query: questions.transport,
      },
      { id: "SC-23", asks: "Session authenticity.", query: questions.sessions },
      { id: "SI-2", asks: "Flaw remediation.", query: questions.patching },
      {
        id: "SI-4",
        asks: "System monitoring: no attack goes unanswered.",
        query: questions.attacks,
      },
      { id: "SI-10", asks: "Information input validation.", query: questions.injection },
      { id: "SI-11", asks: "Error handling.", query: questions.errors },
    ],
  },
  {
    id: "iso-27001",
    name: "ISO/IEC 27001:2022, Annex A",
    controls: [
      {
        id: "A.5.9",
        asks: "Inventory of information and other associated assets.",
        query: questions.inventory,
      },
      { id: "A.5.15", asks: "Access control.", query: questions.accessControl },
      { id: "A.5.17", asks: "Authentication information.", query: questions.credentialCare },
      {
        id: "A.5.34",
        asks: "Privacy and protection of personal data.",
        query: questions.personalAccess,
      },
      { id: "A.8.3", asks: "Information access restriction.", query: questions.accessControl },
      { id: "A.8.5", asks: "Secure authentication.", query: questions.authentication },
      { id: "A.8.6", asks: "Capacity management.", query: questions.availability },
      { id: "A.8.8", asks: "Management of technical vulnerabilities.", query: questions.patching },
      { id: "A.8.9", asks: "Configuration management.", query: questions.hardening },
      { id: "A.8.11", asks: "Data masking.", query: questions.sensitiveAnswers },
      { id: "A.8.12", asks: "Data leakage prevention.", query: questions.dataInUrls },
      { id: "A.8.16", asks: "Monitoring activities.", query: questions.attacks },
      { id: "A.8.24", asks: "Use of cryptography.", query: questions.transport },
      { id: "A.8.26", asks: "Application security requirements.", query: questions.contract },
      { id: "A.8.28", asks: "Secure coding.", query: questions.injection },
    ],
  },
  {
    id: "soc-2",
    name: "SOC 2, Trust Services Criteria",
    controls: [
      {
        id: "CC3.2",
        asks: "Risks are identified and somebody owns them.",
        query: questions.ownership,
      },
      { id: "CC6.1", asks: "Logical access is restricted.", query: questions.accessControl },
      {
        id: "CC6.2",
        asks: "Credentials are issued and kept with care.",
        query: questions.credentialCare,
      },
      {
        id: "CC6.6",
        asks: "Access from outside the boundary is protected.",
        query: questions.authentication,
      },
      { id: "CC6.7", asks: "Information in transit is protected.", query: questions.transport },
      {
        id: "CC7.1",
        asks: "Vulnerabilities and changes of configuration are detected.",
        query: questions.patching,
      },
      {
        id: "CC7.2",
        asks: "Anomalies that indicate attacks are acted upon.",
        query: questions.attacks,
      },
      { id: "CC8.1", asks: "Changes are authorized and documented.", query: questions.contract },
      { id: "A1.1", asks: "Capacity is managed.", query: questions.availability },
      {
        id: "C1.1",
        asks: "Confidential information is identified and protected.",
        query: questions.sensitiveAnswers,
      },
    ],
  },
  {
    id: "gdpr",
    name: "GDPR",
    controls: [
      {
        id: "Art. 5(1)(c)",
        asks: "Personal data are limited to what is necessary.",
        query: questions.minimisation,
      },
      {
        id: "Art. 5(1)(f)",
        asks: "Personal data are protected against unauthorized access.",
        query: questions.personalAccess,
      },
      {
        id: "Art. 25",
        asks: "Protection of data by design and by default.",
        query: questions.sensitiveAnswers,
      },
      {
        id: "Art. 30",
        asks: "Processing of personal data is recorded.",
        query: questions.personalUndocumented,
      },
      { id: "Art. 32(1)(a)", asks: "Encryption of personal data.", query: questions.transport },
      {
        id: "Art. 32(1)(b)",
        asks: "Confidentiality and resilience of processing.",
        query: questions.accessControl,
      },
      {
        id: "Art. 32(1)(d)",
        asks: "Security is tested and maintained.",
        query: questions.patching,
      },
      {
        id: "Art. 33",
        asks: "Breaches of personal data are found and notified.",
        query: questions.attacks,
      },
    ],
  },
  {
    id: "hipaa",
    name: "HIPAA Security and Privacy Rules",
    controls: [
      {
        id: "164.308(a)(1)(ii)(A)",
        asks: "Risk analysis: somebody owns every interface.",
        query: questions.ownership,
      },
      {
        id: "164.308(a)(1)(ii)(B)",
        asks: "Risk management: known vulnerabilities are reduced.",
        query: questions.patching,
      },
      {
        id: "164.312(a)(1)",
        asks: "Access control for health information.",
        query: questions.healthAccess,
      },
      {
        id: "164.312(c)(1)",
        asks: "Integrity: health information is not altered improperly.",
        query: questions.injection,
      },
      {
        id: "164.312(d)",
        asks: "Person or entity authentication.",
        query: questions.authentication,
      },
      { id: "164.312(e)(1)", asks: "Transmission security.", query: questions.transport },
      { id: "164.502(b)", asks: "Minimum necessary disclosure.", query: questions.minimisation },
    ],
  },
];

/** Passwords that anybody tries first: published lists of the most used ones, and makers' defaults. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `123456 123456789 12345678 12345 1234567 1234567890 111111 123123 000000 654321 666666 121212
  qwerty qwerty123 qwertyuiop 1q2w3e4r 1qaz2wsx zaq12wsx abc123 a1b2c3 password password1
  password123 passw0rd p@ssw0rd p@ssword pass pass123 pass1234 secret secret123 letmein welcome
  welcome1 welcome123 admin admin1 admin123 admin1234 administrator root toor user user123 guest
  test test1 test123 test1234 testing demo demo123 default changeme change_me changeit temp temp123
  iloveyou monkey dragon master sunshine princess football baseball superman batman shadow michael
  login access hello hello123 freedom whatever trustno1 starwars qazwsx asdf asdfgh asdfghjkl
  zxcvbnm 1234 4321 0000 1111 9999 tomcat manager s3cret cisco oracle postgres mysql redis rabbitmq
  mongo elastic kibana grafana jenkins nagios zabbix vagrant ubuntu raspberry alpine service
  system support operator public private api apikey token example sample foo bar foobar staging
  development production company summer winter spring autumn summer2024 winter2024 summer2025
  winter2025 summer2026 winter2026 january monday`.split(/\s+/),
);

/** Secrets from tutorials, defaults and habits, tried against tokens that are signed with HMAC. */
export const secretWords: readonly string[] =
  `secret secret1 secret123 Secret SECRET secretkey secret-key secret_key SecretKey mysecret my-secret
  my_secret mysecretkey my-secret-key my_secret_key MySecretKey supersecret super-secret super_secret
  supersecretkey super-secret-key topsecret top-secret verysecret shhhh shhhhh shhhhhhh shhhhhhared-secret
  jwt jwtsecret jwt-secret jwt_secret JWT_SECRET jwtSecret jwt-secret-key jwtkey jwt_key jwtSecretKey
  your-256-bit-secret your-384-bit-secret your-512-bit-secret your-secret-key your_secret_key
  your-secret yoursecret your_jwt_secret your-jwt-secret a-string-secret-at-least-256-bits-long
  key mykey my-key private privatekey private-key private_key signing signingkey signing-key token
  tokensecret token-secret token_secret accesstoken access_token_secret auth authsecret auth_secret
  session sessionsecret session-secret session_secret cookie cookiesecret keyboard-cat keyboardcat
  password Password password1 password123 passw0rd P@ssw0rd pass admin admin123 root toor test test123
  testing testsecret test-secret test_secret demo demosecret example examplekey example_key sample
  changeme change-me change_me changeit default defaultsecret development dev dev-secret devsecret
  dev_secret local localhost staging production prod prod_secret app appsecret app_secret app-secret
  application api apikey api_key api-key apisecret api_secret server server_secret backend service
  spring laravel django flask express node nodejs rails symfony hello helloworld foo bar foobar baz
  qwerty abc abc123 123 1234 12345 123456 1234567 12345678 123456789 1234567890 000000 111111 letmein
  welcome iloveyou monkey dragon master unsafe insecure-secret insecure none null undefined empty xxx
  HS256 HS384 HS512 hmac hmac-secret shared shared-secret sharedsecret shared_secret client_secret
  GQDstcKsx0NHjPOuXOYg5MbeJ1XT0uFiwDVvVBrk hmackey thisisasecret this-is-a-secret this_is_a_secret
  thisismysecret ThisIsMySecretKey notasecret donttell shop shopsecret store company corp internal`
    .split(/\s+/)
    .filter((word) => word !== "");

// What is a credential, and what only looks like one. Tokens are put together from parts, so that no scanner takes this
// file for a leak.
#include "lint/support/credentials.h"

#include <gtest/gtest.h>

#include "lint/support/credential_names.h"
#include "lint/support/credential_values.h"

namespace rhumb::lint {
namespace {

/// `size` bytes that look random, and are the same in every run.
std::string body(std::size_t size, std::string_view alphabet) {
  std::string out;
  std::uint32_t state = 20;
  for (std::size_t i = 0; i < size; ++i) {
    state = state * 1664525U + 1013904223U;
    out += alphabet[(state >> 16) % alphabet.size()];
  }
  return out;
}
std::string alnum(std::size_t size) {
  return body(size, "aB3dE5gH7jK9mN1pQ2sT4vW6yZ8bC0fGiJkLoPrSuXwAcDeFhInMqRtUvYxlOz");
}
std::string hex(std::size_t size) { return body(size, "0f3a9c7e1b5d2846"); }
std::string base32(std::size_t size) { return body(size, "Q7B3ZK5MX2LWT4YCGNR6DJHPVSFAUEIO"); }
std::string upper(std::size_t size) { return body(size, "Q7B3ZK5MX2LWT4YCGNR6DJHPVS08FAUEIO19"); }
std::string base64(std::size_t size) {
  return body(size, "aB3dE/5gH7jK9+mN1pQ2sT4vW6yZ8bC0fGiJkLoPrSuXwAcDeFhInMqRtUvYxlOz");
}
std::string private_key(const std::string& kind, const std::string& line_break = "\n") {
  return "-----BEGIN " + kind + "PRIVATE" + " KEY-----" + line_break + base64(64) + line_break + base64(64) +
         line_break + "-----END " + kind + "PRIVATE" + " KEY-----" + line_break;
}
std::string jwt() { return "ey" + std::string("J") + alnum(20) + ".ey" + "J" + alnum(30) + "." + alnum(43); }

struct Row {
  std::string name;
  std::string value;
  std::string what;  // of the one that is found; empty for none
  Sink sink = Sink::assignment;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    const std::vector<Credential> found = find_credentials(row.name, row.value, row.sink);
    std::string got;
    for (const Credential& credential : found) {
      if (!got.empty()) got += "; ";
      got += (credential.is_placeholder ? "default: " : "") + credential.what;
    }
    EXPECT_EQ(row.what, got) << row.name << " = " << row.value;
  }
}

TEST(Credentials, KnowTokensByTheirForm) {
  check({
      {"x", "AKIA" + base32(16), "an AWS access key ID"},
      {"x", "ASIA" + base32(16), "an AWS access key ID"},
      {"x", "--key=ABIA" + base32(16) + " --more", "an AWS access key ID"},
      {"x", "ABSK" + base64(120), "an Amazon Bedrock API key"},
      {"x", "AIza" + alnum(35), "a Google API key"},
      {"x", "GOCSPX-" + alnum(28), "a Google OAuth client secret"},
      {"x", alnum(3) + "8Q~" + alnum(32), "an Azure client secret"},
      {"x", "ghp_" + alnum(36), "a GitHub token"},
      {"x", "gho_" + alnum(36), "a GitHub token"},
      {"x", "ghs_" + alnum(36), "a GitHub token"},
      {"x", "github_pat_" + alnum(82), "a GitHub token"},
      {"x", "glpat-" + alnum(20), "a GitLab token"},
      {"x", "gldt-" + alnum(20), "a GitLab token"},
      {"x", "glrt-" + alnum(20), "a GitLab token"},
      {"x", "glptt-" + hex(40), "a GitLab token"},
      {"x", "xoxb-" + alnum(12) + "-" + alnum(24), "a Slack token"},
      {"x", "xapp-1-" + alnum(30), "a Slack token"},
      {"x", "https://hooks.slack.com/services/T" + upper(8) + "/B" + upper(8) + "/" + alnum(24),
       "the address of a webhook"},
      {"x", "https://discord.com/api/webhooks/123456789012345678/" + alnum(60), "the address of a webhook"},
      {"x", "https://acme.webhook.office.com/webhookb2/" + hex(36) + "/IncomingWebhook/" + hex(32),
       "the address of a webhook"},
      {"x", "sk_live_" + alnum(24), "a Stripe key"},
      {"x", "rk_test_" + alnum(24), "a Stripe key"},
      {"x", jwt(), "a JSON Web Token"},
      {"x", "AGE-SECRET-KEY-1" + upper(58), "an age private key"},
      {"x", "npm_" + alnum(36), "an npm token"},
      {"x", "pypi-AgEIcHlwaS5vcmc" + alnum(80), "a PyPI token"},
      {"x", "rubygems_" + hex(48), "a RubyGems token"},
      {"x", "sk-" + alnum(20) + "T3BlbkFJ" + alnum(20), "an OpenAI API key"},
      {"x", "sk-ant-api03-" + alnum(93) + "AA", "an Anthropic API key"},
      {"x", "hf_" + alnum(34), "a Hugging Face token"},
      {"x", "SG." + alnum(22) + "." + alnum(43), "a SendGrid API key"},
      {"x", "key-" + hex(32), "a Mailgun API key"},
      {"x", hex(32) + "-us12", "a Mailchimp API key"},
      {"x", "SK" + hex(32), "a Twilio API key"},
      {"x", alnum(14) + ".atlasv1." + alnum(67), "a Terraform Cloud token"},
      {"x", "hvs." + alnum(90), "a Vault token"},
      {"x", "s." + alnum(24), "a Vault token"},
      {"x", "NRAK-" + upper(27), "a New Relic API key"},
      {"x", "dt0c01." + upper(24) + "." + upper(64), "a Dynatrace token"},
      {"x", "sntryu_" + hex(64), "a Sentry token"},
      {"x", "glsa_" + alnum(32) + "_" + hex(8), "a Grafana service account token"},
      {"x", "glc_" + base64(60), "a Grafana Cloud token"},
      {"x", "dop_v1_" + hex(64), "a DigitalOcean token"},
      {"x", "dapi" + hex(32), "a Databricks token"},
      {"x", "HRKU-" + alnum(36), "a Heroku API key"},
      {"x", "pscale_pw_" + alnum(43), "a PlanetScale password"},
      {"x", "pul-" + hex(40), "a Pulumi token"},
      {"x", "dp.pt." + alnum(43), "a Doppler token"},
      {"x", "PMAK-" + hex(24) + "-" + hex(34), "a Postman API key"},
      {"x", "shpat_" + hex(32), "a Shopify token"},
      {"x", "AKCp" + alnum(69), "an Artifactory API key"},
      {"x", "ops_eyJ" + alnum(260), "a 1Password service account token"},
      {"x", "v1.0-" + hex(24) + "-" + hex(146), "a Cloudflare origin CA key"},
      {"x", "123456789:AA" + alnum(33), "a Telegram bot token"},
      {"x", "AccountName=a;AccountKey=" + base64(86) + "==;EndpointSuffix=core", "the key of an Azure storage account"},
  });
}

TEST(Credentials, LeaveAloneWhatOnlyBeginsLikeAToken) {
  check({
      {"x", std::string("AKIA") + "IOSFODNN7EXAMPLE", ""},
      {"x", "AKIA" + base32(15), ""},
      {"x", "XAKIA" + base32(16), ""},
      {"x", "AKIA" + base32(16) + "AB", ""},
      {"x", "ghp_" + std::string(36, 'x'), ""},
      {"x", "ghp_yourtoken", ""},
      {"x", "hf_model", ""},
      {"x", "sk-learn", ""},
      {"x", "glpat-xxxxxxxxxxxxxxxxxxxx", ""},
      {"x", "npm_config_registry", ""},
      {"x", "dapi.example.com", ""},
      {"x", "key-pair-name", ""},
      {"x", "SKIP", ""},
      {"x", "s.example.com", ""},
      {"x", "https://hooks.slack.com/services/", ""},
      {"x", "eyJhbGciOiJ9", ""},
      {"x", "sha256:" + hex(64), ""},
      {"x", hex(40), ""},
  });
}

TEST(Credentials, KnowWhatStandsAroundThem) {
  check({
      {"tls.key", private_key(""), "a private key"},
      {"id", private_key("RSA "), "a private key"},
      {"id", private_key("OPENSSH "), "a private key"},
      {"id", private_key("ENCRYPTED "), "a private key"},
      {"key.json", "{\"type\": \"service_account\", \"key\": \"" + private_key("", "\\n") + "\"}", "a private key"},
      {"kubeconfig", "LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ" + base64(200), "a private key in base 64"},
      {"URL", "postgres://odoo:hunter2@db.internal:5432/tms", "the password in an address"},
      {"URL", "redis://:hunter2@cache:6379/0", "the password in an address"},
      {"URL", "amqps://tms:p%40ss@mq.internal", "the password in an address"},
      {"URL", "jdbc:postgresql://tms:hunter2@db/tms", "the password in an address"},
      {"DSN", "tms:hunter2@tcp(db:3306)/tms", "the password in an address"},
      {"URL", "postgres://odoo:changeme@db/tms", "default: the password in an address"},
      {"auth", "admin:$2y$10$" + alnum(53), "the hash of a password"},
      {"auth", "admin:$apr1$" + alnum(8) + "$" + alnum(22), "the hash of a password"},
      {"hash", "$6$" + alnum(8) + "$" + alnum(86), "the hash of a password"},
      {"userPassword", "{SSHA}" + base64(32), "the hash of a password"},
      {".dockerconfigjson", R"({"auths":{"ghcr.io":{"auth":"dG1zOmh1bnRlcjI="}}})", "the login of a registry"},
      {"x", "Authorization: Basic dG1zOmh1bnRlcjI=", "a login"},
      {"x", "Authorization: Bearer " + alnum(40), "a bearer token"},
      {"x", "curl -u tms:hunter2 https://api.example.com", "the password of a login"},
      {"x", "AKIA" + base32(16) + " " + alnum(40), "an AWS access key ID; an AWS secret access key"},
  });
}

TEST(Credentials, LeaveAloneAddressesAndKeysWithoutASecret) {
  check({
      {"tls.crt", "-----BEGIN CERTIFICATE-----\n" + base64(64) + "\n-----END CERTIFICATE-----\n", ""},
      {"pub", "-----BEGIN PUBLIC KEY-----\n" + base64(64) + "\n-----END PUBLIC KEY-----\n", ""},
      {"script", std::string("grep -q 'BEGIN PRIVATE KEY' /tls/tls.key"), ""},
      {"doc", std::string("-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n"), ""},
      {"authorized_keys", "ssh-ed25519 AAAA" + base64(64), ""},
      {"URL", "https://example.com:8443/path@x", ""},
      {"URL", "postgres://odoo@db/tms", ""},
      {"URL", "postgres://odoo:$(PASSWORD)@db/tms", ""},
      {"URL", "postgres://odoo:${PASSWORD}@db/tms", ""},
      {"URL", "postgres://odoo:$PASSWORD@db/tms", ""},
      {"URL", "postgres://odoo:{{ .Values.password }}@db/tms", ""},
      {"URL", "postgres://%s:%s@db/tms", ""},
      {"URL", "postgres://<user>:<password>@db/tms", ""},
      {"URL", "https://git@github.com:22/x", ""},
      {"image", "registry:5000/team/app@sha256:" + hex(64), ""},
      {"x", "Authorization: Bearer $TOKEN", ""},
      {"x", "Basic authentication", ""},
      {"x", "curl -u $USER:$PASSWORD https://api.example.com", ""},
      {"x", "psql -U odoo -h db:5432", ""},
      {".dockerconfigjson", R"({"auths":{}})", ""},
  });
}

TEST(Credentials, KnowThemByTheirName) {
  check({
      {"DB_PASSWORD", "hunter2", "the value of \"DB_PASSWORD\""},
      {"PGPASSWORD", "odoo", "the value of \"PGPASSWORD\""},
      {"MYSQL_ROOT_PASSWORD", "password", "default: the value of \"MYSQL_ROOT_PASSWORD\""},
      {"SMTP_PASS", "hunter2", "the value of \"SMTP_PASS\""},
      {"dbpass", "hunter2", "the value of \"dbpass\""},
      {"ADMIN_PWD", "hunter2", "the value of \"ADMIN_PWD\""},
      {"spring.datasource.password", "hunter2", "the value of \"spring.datasource.password\""},
      {"adminPassword", "hunter2", "the value of \"adminPassword\"", Sink::field},
      {"adminPassword", "correct-horse-battery", "the value of \"adminPassword\"", Sink::field},
      {"password", "12345678", "the value of \"password\"", Sink::field},
      {"password1", "hunter2", "the value of \"password1\"", Sink::field},
      {"rootPasswordValue", "hunter2", "the value of \"rootPasswordValue\"", Sink::field},
      {"keystorePassphrase", "hunter2", "the value of \"keystorePassphrase\"", Sink::field},
      {"API_KEY", alnum(24), "the value of \"API_KEY\""},
      {"apiKey", alnum(24), "the value of \"apiKey\"", Sink::field},
      {"apikey", "3f9a1c7e-5b2d-4e8f-9a0c-1d2e3f4a5b6c", "the value of \"apikey\"", Sink::field},
      {"JWT_SECRET", "supersecretsigningkey", "the value of \"JWT_SECRET\""},
      {"clientSecret", alnum(32), "the value of \"clientSecret\"", Sink::field},
      {"SECRET_KEY_BASE", hex(64), "the value of \"SECRET_KEY_BASE\""},
      {"AWS_SECRET_ACCESS_KEY", base64(40), "the value of \"AWS_SECRET_ACCESS_KEY\""},
      {"DD_API_KEY", hex(32), "the value of \"DD_API_KEY\""},
      {"encryptionKey", base64(43) + "=", "the value of \"encryptionKey\"", Sink::field},
      {"token", hex(32), "the value of \"token\"", Sink::field},
      {"VAULT_TOKEN", "00000000-dead-beef-0000-0000f00dcafe", "the value of \"VAULT_TOKEN\""},
      {"credentials", alnum(40), "the value of \"credentials\"", Sink::field},
      {"password_github", alnum(20), "the value of \"password_github\""},
      {"token", "abc", "the value of \"token\"", Sink::secret},
      {"password", "p", "", Sink::secret},
      {"key", alnum(43) + "=", "a random text", Sink::secret},
      {"DB_PASSWORD", "changeme", "default: the value of \"DB_PASSWORD\""},
      {"password", "CHANGE_ME_PLEASE", "default: the value of \"password\"", Sink::field},
      {"adminPassword", "replace-me", "default: the value of \"adminPassword\"", Sink::field},
      {"password", "your-password-here", "default: the value of \"password\"", Sink::field},
      {"password", "xxxxxxxx", "default: the value of \"password\"", Sink::field},
      {"password", "test", "default: the value of \"password\"", Sink::field},
      {"password", "testpassword", "default: the value of \"password\"", Sink::field},
      {"password", "somepaswword", "default: the value of \"password\"", Sink::field},
      {"password", "chainlooppwd", "default: the value of \"password\"", Sink::field},
      {"password", "jiraToken", "default: the value of \"password\"", Sink::field},
      {"password", "Zm9vLXNlY3JldA==", "default: the value of \"password\"", Sink::field},
      {"authPassword", "my_authentication_password1", "default: the value of \"authPassword\"", Sink::field},
      {"password", "testS3cr3t9", "the value of \"password\"", Sink::field},
      {"SECRET_KEY", "changeme123", "default: the value of \"SECRET_KEY\""},
  });
}

TEST(Credentials, LeaveAloneWhatANameOnlyTouches) {
  check({
      {"SECRET_NAME", "tms-odoo-secrets", ""},
      {"existingSecret", "tms-odoo-secrets", "", Sink::field},
      {"existingSecretPasswordKey", "password", "", Sink::field},
      {"secretName", "x7d9f8b6c5", "", Sink::field},
      {"imagePullSecret", "regcred", "", Sink::field},
      {"tlsSecret", "wildcard-tls", "", Sink::field},
      {"secretKeyRef", "password", "", Sink::field},
      {"token-ttl", "3600", ""},
      {"TOKEN_EXPIRY", "15m", ""},
      {"PASSWORD_FILE", "/run/secrets/password", ""},
      {"passwordFile", "password.txt", "", Sink::field},
      {"PASSWORD_MIN_LENGTH", "12", ""},
      {"passwordPolicy", "strong", "", Sink::field},
      {"password_encryption", "scram-sha-256", ""},
      {"TOKEN_URL", "https://login.example.com/token", ""},
      {"tokenIssuer", "login.example.com", "", Sink::field},
      {"AWS_ACCESS_KEY_ID", "some-id", ""},
      {"PASSWORD_HASH_ALGORITHM", "argon2id", ""},
      {"auth", "ldap", "", Sink::field},
      {"AUTH_TYPE", "basic", ""},
      {"authEnabled", "true", "", Sink::field},
      {"PROXY_PASS", "backend", ""},
      {"bypass", "hunter2", ""},
      {"author", alnum(20), "", Sink::field},
      {"tokenizer", alnum(20), "", Sink::field},
      {"MAX_TOKENS", "4096", ""},
      {"token", "my-release-token", "", Sink::field},
      {"secret", "tms/production/gsp-api-Pf2yLs", "", Sink::field},
      {"keyboard", alnum(20), "", Sink::field},
      {"checksum", hex(64), "", Sink::secret},
  });
}

TEST(Credentials, LeaveAloneValuesThatAreNone) {
  check({
      {"PASSWORD", "", ""},
      {"PASSWORD", "$(DB_PASSWORD)", ""},
      {"PASSWORD", "${DB_PASSWORD}", ""},
      {"PASSWORD", "${DB_PASSWORD:-}", ""},
      {"PASSWORD", "$DB_PASSWORD", ""},
      {"PASSWORD", "{{ .Values.password }}", ""},
      {"PASSWORD", "<your-password>", ""},
      {"PASSWORD", "%DB_PASSWORD%", ""},
      {"PASSWORD", "__DB_PASSWORD__", ""},
      {"PASSWORD", "ref+awssecrets://tms/db#/password", ""},
      {"PASSWORD", "vault:secret/data/db#password", ""},
      {"PASSWORD", "arn:aws:secretsmanager:ap-south-1:123456789012:secret:tms/db-Kq3nTz", ""},
      {"PASSWORD", "ssm://tms/db", ""},
      {"PASSWORD", "ENC[AES256_GCM,data:" + base64(20) + "]", ""},
      {"PASSWORD", "Ag" + base64(300), ""},
      {"PASSWORD", "/run/secrets/db", ""},
      {"PASSWORD", "true", ""},
      {"PASSWORD", "null", ""},
      {"PASSWORD", "30s", ""},
      {"PASSWORD", "to_string(password)", ""},
      {"PASSWORD", "DB_PASSWORD", ""},
      {"PASSWORD", "***", ""},
      {"PASSWORD", "controller-password-placeholder", ""},
      {"PASSWORD", "value_not_used", ""},
      {"PASSWORD", "\\K.+", ""},
      {"initialClusterToken", "etcd-cluster-k8s", "", Sink::field},
      {"API_TOKEN", "token", "", Sink::secret},
      {"connectionString", "user=postgres", ""},
      {"password", "The password of the database", "", Sink::field},
      {"password", "password", "", Sink::field},
      {"password", "redis-password", "", Sink::field},
      {"password", "someone@example.com", "", Sink::field},
      {"token", "header", "", Sink::field},
      {"privateKey", "/etc/tls/tls.key", "", Sink::field},
      {"token", "https://login.example.com/oauth2/token", "", Sink::field},
      {"apiKey", "v1.2.3", "", Sink::field},
  });
}

TEST(Credentials, ReadTextsByTheirShape) {
  check({
      {"app.properties", "db.url=jdbc:postgresql://db/tms\ndb.password=hunter2\n", "the value of \"db.password\""},
      {"app.properties", "# db.password=hunter2\ndb.password=${DB_PASSWORD}\n", ""},
      {".env", "export API_KEY=" + alnum(24) + "\nDEBUG=1\n", "the value of \"API_KEY\""},
      {".env", "API_KEY=\"" + alnum(24) + "\" # rotate\n", "the value of \"API_KEY\""},
      {"config.json", "{\"db\": {\"host\": \"db\", \"password\": \"hunter2\"}}", "the value of \"password\""},
      {"config.json", "{\"db\": {\"password\": \"\", \"tokenTtl\": 3600}}", ""},
      {"config.yaml", "db:\n  host: db\n  password: hunter2\n", "the value of \"password\""},
      {"config.yaml", "a: 1\n---\nsmtp:\n  password: hunter2\n", "the value of \"password\""},
      {"config.yaml", "password_file: /etc/x\nbearer_token_file: /var/run/token\n", ""},
      {"pod.yaml", "env:\n  - name: DB_PASSWORD\n    value: hunter2\n", "the value of \"DB_PASSWORD\""},
      {"odoo.conf", "[options]\nadmin_passwd = hunter2\ndb_name = tms\n", "the value of \"admin_passwd\""},
      {"odoo.conf", "[options]\n; admin_passwd = hunter2\nlist_db = False\n", ""},
      {"my.cnf", "[client]\nuser=root\npassword='hunter2'\n", "the value of \"password\""},
      {"redis.conf", "port 6379\nrequirepass hunter2\n", "the value of \"requirepass\""},
      {"settings.xml", "<settings>\n<server><id>x</id><password>hunter2</password></server>\n</settings>",
       "the value of \"password\""},
      {"spring.xml", "<beans>\n<property name=\"password\" value=\"hunter2\"/>\n</beans>", "the value of \"password\""},
      {"spring.xml", "<beans>\n<!-- <password>hunter2</password> -->\n<a password=\"${x}\"/>\n</beans>", ""},
      {"run.sh", "#!/bin/sh\nPGPASSWORD=hunter2 psql -h db\n", "the value of \"PGPASSWORD\""},
      {"run.sh", "#!/bin/sh\nPGPASSWORD=\"$PASSWORD\" psql -h db\n", ""},
      {"run.sh", "#!/bin/sh\nif [ \"$password\" == secret ]; then exit; fi\n", ""},
      {"DSN", "host=db user=odoo password=hunter2 dbname=tms", "the value of \"password\""},
      {"DB", "Server=db;User Id=tms;Password=hunter2;", "the value of \"Password\""},
      {"URL", "https://api.example.com/v1?key=x&access_token=" + alnum(32), "the value of \"access_token\""},
      {"postgresql.conf", "listen_addresses = '*'\npassword_encryption = 'scram-sha-256'\n", ""},
  });
}

TEST(Credentials, ReadArguments) {
  const auto got = [](std::string_view flag, const std::string& argument) {
    const auto found = find_credentials_in_argument(flag, argument);
    return found.empty() ? std::string() : found.front().what;
  };
  EXPECT_EQ("the value of \"db-password\"", got("serve", "--db-password=hunter2"));
  EXPECT_EQ("the value of \"password\"", got("--password", "hunter2"));
  EXPECT_EQ("the value of \"PGPASSWORD\"", got("-c", "export PGPASSWORD=hunter2; psql -h db"));
  EXPECT_EQ("an AWS access key ID", got("", "--api-key=AKIA" + base32(16)));
  EXPECT_EQ("the password in an address", got("--dsn", "postgres://a:hunter2@db/x"));
  EXPECT_EQ("the value of \"api-key\"", got("", "--api-key=" + alnum(32)));
  EXPECT_EQ("", got("", "--db-password=$(DB_PASSWORD)"));
  EXPECT_EQ("", got("", "--password-file=/run/secrets/db"));
  EXPECT_EQ("", got("--password-file", "db.txt"));
  EXPECT_EQ("", got("--default-ssl-certificate", "tms/wildcard-tls"));
  EXPECT_EQ("", got("", "--webhook-secret=ingress-nginx-admission"));
  EXPECT_EQ("", got("--token-auth", "enabled"));
  EXPECT_EQ("", got("hunter2", "--verbose"));
  EXPECT_EQ("", got("-p", "hunter2"));
  EXPECT_EQ("", got("", "--db.connectionString=user=odoo password='$(DB_PASSWORD)' host=db"));
}

TEST(Credentials, SayWhereTheyStand) {
  const std::string text = "a: 1\npassword: \"hunter2\"\n";
  const auto found = find_credentials("x.yaml", text, Sink::assignment);
  ASSERT_EQ(1U, found.size());
  EXPECT_EQ("hunter2", text.substr(found[0].begin, found[0].size));
  EXPECT_EQ("hunter2", found[0].text);
}

TEST(Credentials, ShowNoMoreThanFourCharacters) {
  EXPECT_EQ("corr... (28 characters)", masked("correct-horse-battery-staple"));
  EXPECT_EQ("h... (7 characters)", masked("hunter2"));
  EXPECT_EQ("... (2 characters)", masked("ab"));
  EXPECT_EQ("?a?b... (16 characters)", masked("\na\tb567890123456"));
}

TEST(CredentialNames, AreSplitIntoWords) {
  EXPECT_EQ((std::vector<std::string>{"db", "password", "2"}), words_of("dbPassword2"));
  EXPECT_EQ((std::vector<std::string>{"api", "key"}), words_of("APIKey"));
  EXPECT_EQ((std::vector<std::string>{"pgpassword"}), words_of("PGPASSWORD"));
  EXPECT_EQ((std::vector<std::string>{"spring", "data", "source", "password"}),
            words_of("spring.data-source_password"));
  EXPECT_TRUE(words_of("--").empty());
}

TEST(Credentials, TakeHostileTextsInStride) {
  for (const std::string_view piece : {"eyJ-", "xoxe.", "-----BEGIN PRIVATE KEY-----", "LS0tLS1CRUdJTi", "$apr1$",
                                       "a=", "<a ", "://", "AKIA", "\"auth\":\"", "password=", "[", "{\"a\":"}) {
    std::string text;
    while (text.size() < 100000) text += piece;
    find_credentials("x", text, Sink::assignment);
  }
}

}  // namespace
}  // namespace rhumb::lint

// What counts as an address: the rows were compared with govalidator, which helm lint uses.
#include "lint/support/web_address.h"

#include <gtest/gtest.h>

namespace rhumb::lint {
namespace {

TEST(WebAddress, RequestUrls) {
  for (const char* text : {"https://example.com", "http://example.com/a?b=c#d", "git+ssh://git@example.com/a.git",
                           "file:///srv/charts", "mailto:a@example.com", "oci://registry:5000/a", "a:b"}) {
    EXPECT_TRUE(is_request_url(text)) << text;
  }
  for (const char* text : {"", "example.com", "/icon.svg", "//example.com/a", "github.com/a/b", "http://[::1", "1:2",
                           "http://example.com/%zz", "a b"}) {
    EXPECT_FALSE(is_request_url(text)) << text;
  }
}

TEST(WebAddress, WebAddresses) {
  for (const char* text : {"https://example.com", "example.com", "www.example.com/team?id=1", "localhost:8080",
                           "http://localhost", "http://user:pass@example.com:8080/a", "https://xn--bcher-kva.example",
                           "https://b\xC3\xBC"
                           "cher.example",
                           "ftp://example.com", "http://127.0.0.1/", "http://[2001:db8::1]:80/", "example.com.",
                           "https://a_b.example.com"}) {
    EXPECT_TRUE(is_web_address(text)) << text;
  }
  for (const char* text : {"", "abc", "team", "example com", ".example.com", "https://", "http://exa mple.com",
                           "gopher://example.com", "http://example.com:port", "https://-.example", "http://.com"}) {
    EXPECT_FALSE(is_web_address(text)) << text;
  }
}

TEST(WebAddress, Emails) {
  for (const char* text : {"a@example.com", "first.last+tag@mail.example.co.uk",
                           "a@b\xC3\xBC"
                           "cher.example",
                           "A.B@EXAMPLE.COM", "a@example.com.", "o'neil@example.com"}) {
    EXPECT_TRUE(is_email(text)) << text;
  }
  for (const char* text :
       {"", "a", "a@", "@example.com", "a@localhost", "a b@example.com", "a..b@example.com", ".a@example.com",
        "a@example.c0", "a@example.com1", "a@-example.com", "a@b@example.com", "Team <a@example.com>"}) {
    EXPECT_FALSE(is_email(text)) << text;
  }
}

}  // namespace
}  // namespace rhumb::lint

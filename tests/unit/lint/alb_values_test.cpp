#include "lint/support/alb_values.h"

#include <gtest/gtest.h>

namespace rhumb::lint {
namespace {

bool is_good(std::string_view name, std::string_view value) { return alb_value_fault(name, value).empty(); }

TEST(AlbValues, Certificates) {
  EXPECT_TRUE(is_good("certificate-arn", "arn:aws:acm:eu-west-1:123456789012:certificate/6f1c2f0e-8d2b"));
  EXPECT_TRUE(is_good("certificate-arn", "arn:aws-us-gov:acm:us-gov-west-1:123456789012:certificate/a"));
  EXPECT_TRUE(is_good("certificate-arn", "arn:aws:iam::123456789012:server-certificate/path/web"));
  EXPECT_TRUE(
      is_good("certificate-arn",
              "arn:aws:acm:eu-west-1:123456789012:certificate/a , arn:aws:acm:eu-west-1:123456789012:certificate/b"));
  EXPECT_FALSE(is_good("certificate-arn", "arn:aws:acm:eu-west-1:12345:certificate/a"));
  EXPECT_FALSE(is_good("certificate-arn", "arn:aws:acm::123456789012:certificate/a"));
  EXPECT_FALSE(is_good("certificate-arn", "web"));
}

TEST(AlbValues, ChoicesAndNumbers) {
  EXPECT_TRUE(is_good("scheme", "internal"));
  EXPECT_FALSE(is_good("scheme", ""));
  EXPECT_FALSE(is_good("target-type", "IP"));
  EXPECT_TRUE(is_good("ip-address-type", "dualstack-without-public-ipv4"));
  EXPECT_TRUE(is_good("group.order", "-1000"));
  EXPECT_FALSE(is_good("group.order", "1001"));
  EXPECT_FALSE(is_good("healthy-threshold-count", "2.5"));
}

TEST(AlbValues, Lists) {
  EXPECT_TRUE(is_good("tags", "a=b,c=d"));
  EXPECT_TRUE(is_good("target-group-attributes", "stickiness.enabled=true"));
  EXPECT_FALSE(is_good("load-balancer-attributes", "idle_timeout.timeout_seconds:60"));
  EXPECT_TRUE(is_good("inbound-cidrs", "10.0.0.0/8, fd00::/8"));
  EXPECT_FALSE(is_good("inbound-cidrs", "10.0.0.0/33"));
  EXPECT_FALSE(is_good("inbound-cidrs", "10.0.0"));
}

TEST(AlbValues, NamesCodesAndOthers) {
  EXPECT_TRUE(is_good("load-balancer-name", "web-1"));
  EXPECT_FALSE(is_good("load-balancer-name", "web_1"));
  EXPECT_FALSE(is_good("load-balancer-name", std::string(33, 'a')));
  EXPECT_TRUE(is_good("success-codes", "0-5"));
  EXPECT_FALSE(is_good("success-codes", "2xx"));
  EXPECT_TRUE(is_good("wafv2-acl-arn", "none"));
  EXPECT_FALSE(is_good("wafv2-acl-arn", "arn:aws:wafv2:eu-west-1:123456789012:global/webacl/a/b"));
  EXPECT_TRUE(is_good("auth-idp-oidc", R"({"issuer": "x"})"));
  EXPECT_FALSE(is_good("auth-idp-oidc", "issuer: x"));
  // Without a grammar.
  EXPECT_TRUE(is_good("ssl-policy", "anything"));
}

}  // namespace
}  // namespace rhumb::lint

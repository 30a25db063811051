#include "rhumb/base/url.h"

#include "rhumb/base/ip_address.h"
#include "unit/tsv.h"

namespace rhumb {
namespace {

std::string parts_of(const Url& url) {
  const std::string user = url.user ? url.user->text() : "";
  return url.scheme + "|" + url.opaque + "|" + user + "|" + url.host + "|" + std::string(url.host_name()) + "|" +
         url.path + "|" + url.raw_path + "|" + url.raw_query + "|" + url.fragment;
}

std::string address(const std::string& text) {
  std::string error;
  const auto ip = parse_ip_address(text, error);
  if (!ip) return "error: " + error;
  std::string out;
  for (std::size_t i = 0; i < (ip->is_v4 ? 4U : 16U); ++i) {
    out += "0123456789abcdef"[ip->bytes[i] >> 4];
    out += "0123456789abcdef"[ip->bytes[i] & 15];
  }
  return out + (ip->is_v4 ? " true" : " false") + (ip->has_zone ? " true" : " false");
}

/// What this code answers to a line of the table.
std::string answer(const test::TsvLine& line) {
  const std::string& name = line.name();
  std::string error;
  if (name == "address") return address(line[1]);
  if (name == "escape") return escape_path_segment(line[1]);
  if (name == "unescape") return unescape_path_segment(line[1], error).value_or("error: " + error);
  const auto url = parse_url(line[1], error);
  if (!url) return "error: " + error;
  if (name == "parse") return parts_of(*url);
  if (name == "text") return url->text();
  if (name == "resolve") return url->resolve(parse_url(line[2], error).value()).text();
  return "no such function: " + name;
}

TEST(Url, AnswersAsGo) {
  for (const test::TsvLine& line : test::read_tsv("base/urls.tsv")) {
    EXPECT_EQ(line.result(), answer(line)) << "line " << line.number << ": " << line.name() << " " << line[1];
  }
}

}  // namespace
}  // namespace rhumb

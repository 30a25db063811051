// Checksums (crypto.go, sprig 3.3.0).
// The one-shot functions of OpenSSL 3 load a provider first, which costs more than hashing a whole chart: hence the
// older ones.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <zlib.h>

#include <array>

#include "funcs/families.h"
#include "rhumb/funcs/digest.h"

namespace rhumb::funcs {

std::array<unsigned char, 32> sha256_digest(std::string_view data) {
  std::array<unsigned char, 32> digest{};
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, data.data(), data.size());
  SHA256_Final(digest.data(), &state);
  return digest;
}

std::string hexadecimal(std::span<const unsigned char> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::array<unsigned char, 32> hmac_sha256(std::string_view key, std::string_view data) {
  std::array<unsigned char, 64> block{};
  if (key.size() > block.size()) {
    const auto short_key = sha256_digest(key);
    std::copy(short_key.begin(), short_key.end(), block.begin());
  } else {
    std::copy(key.begin(), key.end(), block.begin());
  }
  const auto pad = [&](unsigned char with) {
    std::string text;
    for (const unsigned char byte : block) text += static_cast<char>(byte ^ with);
    return text;
  };
  const auto inner = sha256_digest(pad(0x36).append(data));
  return sha256_digest(pad(0x5c).append(reinterpret_cast<const char*>(inner.data()), inner.size()));
}

namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::Function;
using gotmpl::Signature;

Value hex(CallContext& context, std::span<const unsigned char> digest) { return context.string(hexadecimal(digest)); }

Value sha1sum(CallContext& context, Args args) {
  const std::string_view data = args[0].as_text();
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
  SHA_CTX state;
  SHA1_Init(&state);
  SHA1_Update(&state, data.data(), data.size());
  SHA1_Final(digest.data(), &state);
  return hex(context, digest);
}

Value sha256sum(CallContext& context, Args args) { return hex(context, sha256_digest(args[0].as_text())); }

Value sha512sum(CallContext& context, Args args) {
  const std::string_view data = args[0].as_text();
  std::array<unsigned char, SHA512_DIGEST_LENGTH> digest{};
  SHA512_CTX state;
  SHA512_Init(&state);
  SHA512_Update(&state, data.data(), data.size());
  SHA512_Final(digest.data(), &state);
  return hex(context, digest);
}

Value adler32sum(CallContext& context, Args args) {
  const std::string_view data = args[0].as_text();
  const auto* const bytes = reinterpret_cast<const Bytef*>(data.data());
  const uLong sum = data.empty() ? 1 : adler32_z(1, bytes, data.size());
  return context.string(std::to_string(sum));
}

constexpr Signature to_string = Signature::of({Type::string}, Type::string);

constexpr Function table[] = {
    {"adler32sum", to_string, adler32sum},
    {"sha1sum", to_string, sha1sum},
    {"sha256sum", to_string, sha256sum},
    {"sha512sum", to_string, sha512sum},
};

}  // namespace

const std::span<const Function> digest_functions = table;

}  // namespace rhumb::funcs

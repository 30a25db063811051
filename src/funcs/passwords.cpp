// Passwords and encryption (crypto.go, sprig 3.3.0).
#define OPENSSL_SUPPRESS_DEPRECATED  // the plain block cipher needs no provider
#include <crypt.h>
#include <openssl/aes.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <memory>

#include "funcs/families.h"
#include "funcs/support/base_text.h"
#include "funcs/support/openssl.h"
#include "rhumb/funcs/digest.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::Function;
using gotmpl::FunctionError;
using gotmpl::Signature;

// --- bcrypt ---

constexpr std::size_t longest_bcrypt_password = 72;

/// 16 bytes in bcrypt's own base 64.
std::string bcrypt_salt(Host& host) {
  constexpr std::string_view alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::array<std::byte, 16> bytes{};
  host.random(bytes);
  std::string salt;
  unsigned bits = 0;
  int count = 0;
  for (const std::byte byte : bytes) {
    bits = bits << 8 | std::to_integer<unsigned>(byte);
    for (count += 8; count >= 6; count -= 6) salt += alphabet[bits >> (count - 6) & 63];
  }
  salt += alphabet[bits << (6 - count) & 63];
  return salt;
}

std::string bcrypt_hash(CallContext& context, std::string_view password) {
  if (password.size() > longest_bcrypt_password) {
    return "failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes";
  }
  if (password.find('\0') != std::string_view::npos) throw FunctionError{"bcrypt: a password with a NUL byte"};
  // $2y$ is what Go calls $2a$; crypt's own $2a$ changes some hashes to tell old faulty ones apart.
  const std::string setting = "$2y$10$" + bcrypt_salt(context.host);
  const auto data = std::make_unique<crypt_data>();
  const char* const hash = crypt_r(std::string(password).c_str(), setting.c_str(), data.get());
  if (hash == nullptr || hash[0] == '*') throw FunctionError{"bcrypt: the system's crypt has no bcrypt"};
  std::string text = hash;
  text[2] = 'a';
  return text;
}

Value bcrypt(CallContext& context, Args args) { return context.string(bcrypt_hash(context, args[0].as_text())); }

Value htpasswd(CallContext& context, Args args) {
  const std::string user(args[0].as_text());
  if (user.find(':') != std::string::npos) return context.string("invalid username: " + user);
  return context.string(user + ":" + bcrypt_hash(context, args[1].as_text()));
}

// --- derivePassword: the Master Password algorithm, version 3 ---

constexpr std::string_view master_password_scope = "com.lyndir.masterpassword";

struct PasswordType {
  std::string_view name;
  std::span<const std::string_view> templates;
};

constexpr std::string_view maximum_templates[] = {"anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"};
constexpr std::string_view long_templates[] = {
    "CvcvnoCvcvCvcv", "CvcvCvcvnoCvcv", "CvcvCvcvCvcvno", "CvccnoCvcvCvcv", "CvccCvcvnoCvcv", "CvccCvcvCvcvno",
    "CvcvnoCvccCvcv", "CvcvCvccnoCvcv", "CvcvCvccCvcvno", "CvcvnoCvcvCvcc", "CvcvCvcvnoCvcc", "CvcvCvcvCvccno",
    "CvccnoCvccCvcv", "CvccCvccnoCvcv", "CvccCvccCvcvno", "CvcvnoCvccCvcc", "CvcvCvccnoCvcc", "CvcvCvccCvccno",
    "CvccnoCvcvCvcc", "CvccCvcvnoCvcc", "CvccCvcvCvccno"};
constexpr std::string_view medium_templates[] = {"CvcnoCvc", "CvcCvcno"};
constexpr std::string_view short_templates[] = {"Cvcn"};
constexpr std::string_view basic_templates[] = {"aaanaaan", "aannaaan", "aaannaaa"};
constexpr std::string_view pin_templates[] = {"nnnn"};

constexpr PasswordType password_types[] = {
    {"maximum", maximum_templates}, {"long", long_templates},   {"medium", medium_templates},
    {"short", short_templates},     {"basic", basic_templates}, {"pin", pin_templates},
};

/// The characters that a letter of a template stands for.
std::string_view template_characters(char letter) {
  switch (letter) {
    case 'V': return "AEIOU";
    case 'C': return "BCDFGHJKLMNPQRSTVWXYZ";
    case 'v': return "aeiou";
    case 'c': return "bcdfghjklmnpqrstvwxyz";
    case 'a': return "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
    case 'n': return "0123456789";
    case 'o': return "@&%?,=[]_:-+*$#!'^~;()/.";
    default: return "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()";
  }
}

std::string with_length(std::string_view text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(size >> shift & 0xff);
  return out.append(text);
}

std::array<unsigned char, 32> password_seed(Args args) {
  prepare_openssl();
  const std::string_view password = args[2].as_text();
  const std::string salt = std::string(master_password_scope) + with_length(args[3].as_text());
  std::array<unsigned char, 64> key{};
  constexpr std::uint64_t memory = 64ULL << 20;
  if (EVP_PBE_scrypt(password.data() == nullptr ? "" : password.data(), password.size(),
                     reinterpret_cast<const unsigned char*>(salt.data()), salt.size(), 32768, 8, 2, memory, key.data(),
                     key.size()) != 1) {
    throw FunctionError{"scrypt failed"};
  }
  std::string message = std::string(master_password_scope) + with_length(args[4].as_text());
  const auto counter = static_cast<std::uint32_t>(args[0].as_unsigned());
  for (int shift = 24; shift >= 0; shift -= 8) message += static_cast<char>(counter >> shift & 0xff);
  return hmac_sha256({reinterpret_cast<const char*>(key.data()), key.size()}, message);
}

Value derive_password(CallContext& context, Args args) {
  const std::string_view name = args[1].as_text();
  const auto* const type = std::find_if(std::begin(password_types), std::end(password_types),
                                        [&](const PasswordType& each) { return each.name == name; });
  if (type == std::end(password_types)) {
    return context.string("cannot find password template " + std::string(name));
  }
  const auto seed = password_seed(args);
  const std::string_view letters = type->templates[seed[0] % type->templates.size()];
  std::string password;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const std::string_view characters = template_characters(letters[i]);
    password += characters[seed[i + 1] % characters.size()];
  }
  return context.string(password);
}

// --- AES-256-CBC ---

using AesBlock = std::array<unsigned char, AES_BLOCK_SIZE>;

/// The first 32 bytes of the password, zeros behind.
std::array<unsigned char, 32> aes_key(std::string_view password) {
  std::array<unsigned char, 32> key{};
  std::copy_n(password.begin(), std::min(password.size(), key.size()), key.begin());
  return key;
}

Value encrypt_aes(CallContext& context, Args args) {
  std::string text(args[1].as_text());
  if (text.empty()) return context.string("");
  const std::size_t padding = AES_BLOCK_SIZE - text.size() % AES_BLOCK_SIZE;
  text.append(padding, static_cast<char>(padding));
  AesBlock vector{};
  context.host.random(std::as_writable_bytes(std::span(vector)));
  std::string out(reinterpret_cast<const char*>(vector.data()), vector.size());
  out.resize(vector.size() + text.size());
  AES_KEY schedule;
  AES_set_encrypt_key(aes_key(args[0].as_text()).data(), 256, &schedule);
  AES_cbc_encrypt(reinterpret_cast<const unsigned char*>(text.data()),
                  reinterpret_cast<unsigned char*>(out.data()) + vector.size(), text.size(), &schedule, vector.data(),
                  AES_ENCRYPT);
  return context.string(base64_text(out));
}

/// The panics of decryptAES for what it did not encrypt. `capacity` is that of the decoded slice.
void check_encrypted(std::size_t size, std::size_t capacity) {
  const auto out_of_range = [](const std::string& what) {
    throw FunctionError{"runtime error: slice bounds out of range " + what};
  };
  if (capacity < AES_BLOCK_SIZE) out_of_range("[:16] with capacity " + std::to_string(capacity));
  if (size < AES_BLOCK_SIZE) out_of_range("[16:" + std::to_string(size) + "]");
  if (size % AES_BLOCK_SIZE != 0) throw FunctionError{"crypto/cipher: input not full blocks"};
  if (size == AES_BLOCK_SIZE) throw FunctionError{"runtime error: index out of range [-1]"};
}

Value decrypt_aes(CallContext& context, Args args) {
  const std::string_view encoded = args[1].as_text();
  if (encoded.empty()) return context.string("");
  const DecodedBytes decoded = decode_base64(encoded);
  if (decoded.error_at) {
    throw FunctionError{"illegal base64 data at input byte " + std::to_string(*decoded.error_at)};
  }
  check_encrypted(decoded.bytes.size(), encoded.size() / 4 * 3);
  AesBlock vector{};
  std::copy_n(decoded.bytes.begin(), vector.size(), vector.begin());
  std::string text(decoded.bytes.size() - vector.size(), '\0');
  AES_KEY schedule;
  AES_set_decrypt_key(aes_key(args[0].as_text()).data(), 256, &schedule);
  AES_cbc_encrypt(reinterpret_cast<const unsigned char*>(decoded.bytes.data()) + vector.size(),
                  reinterpret_cast<unsigned char*>(text.data()), text.size(), &schedule, vector.data(), AES_DECRYPT);
  const std::size_t padding = static_cast<unsigned char>(text.back());
  if (padding > text.size()) {
    throw FunctionError{"runtime error: slice bounds out of range [:-" + std::to_string(padding - text.size()) + "]"};
  }
  text.resize(text.size() - padding);
  return context.string(text);
}

constexpr Signature two_strings = Signature::of({Type::string, Type::string}, Type::string);

constexpr Function table[] = {
    {"bcrypt", Signature::of({Type::string}, Type::string), bcrypt},
    {"decryptAES", two_strings, decrypt_aes},
    {"derivePassword",
     Signature::of({Type::uint32, Type::string, Type::string, Type::string, Type::string}, Type::string),
     derive_password},
    {"encryptAES", two_strings, encrypt_aes},
    {"htpasswd", two_strings, htpasswd},
};

}  // namespace

const std::span<const Function> password_functions = table;

}  // namespace rhumb::funcs

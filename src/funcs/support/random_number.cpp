#include "funcs/support/random_number.h"

#include <span>

namespace rhumb::funcs {

std::vector<unsigned char> random_bytes(Host& host, std::size_t count) {
  std::vector<unsigned char> bytes(count);
  host.random(std::as_writable_bytes(std::span(bytes)));
  return bytes;
}

Number random_number(Host& host, int bits) {
  auto bytes = random_bytes(host, static_cast<std::size_t>(bits + 7) / 8);
  Number number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  OPENSSL_cleanse(bytes.data(), bytes.size());
  ensure(number != nullptr);
  if (BN_num_bits(number.get()) > bits) ensure(BN_mask_bits(number.get(), bits) == 1);
  return number;
}

Number random_below(Host& host, const BIGNUM* limit) {
  while (true) {
    Number number = random_number(host, BN_num_bits(limit));
    if (!BN_is_zero(number.get()) && BN_cmp(number.get(), limit) < 0) return number;
  }
}

Number random_odd(Host& host, int bits) {
  Number number = random_number(host, bits);
  ensure(BN_set_bit(number.get(), bits - 1) == 1 && BN_set_bit(number.get(), bits - 2) == 1 &&
         BN_set_bit(number.get(), 0) == 1);
  return number;
}

}  // namespace rhumb::funcs

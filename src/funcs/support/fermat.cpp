#include "funcs/support/fermat.h"

#include "funcs/support/fermat_lanes.h"
#include "funcs/support/openssl.h"

namespace rhumb::funcs {

std::size_t fermat_lanes() {
  static const std::size_t count = has_fermat_lanes() ? most_fermat_lanes : 1;
  return count;
}

bool passes_fermat(const BIGNUM* number, BN_CTX* scratch) {
  ScratchFrame frame(scratch);
  BIGNUM* const last = frame.number();
  BIGNUM* const power = frame.number();
  const Montgomery montgomery = new_montgomery(number, scratch);
  ensure(BN_sub(last, number, BN_value_one()) == 1 &&
         BN_mod_exp_mont_word(power, 2, last, number, scratch, montgomery.get()) == 1);
  return BN_is_one(power);
}

std::bitset<most_fermat_lanes> pass_fermat(std::span<const BIGNUM* const> numbers, BN_CTX* scratch) {
  if (numbers.size() > 1 && fermat_lanes() > 1) return pass_fermat_in_lanes(numbers, scratch);
  std::bitset<most_fermat_lanes> passing;
  for (std::size_t i = 0; i < numbers.size(); ++i) passing[i] = passes_fermat(numbers[i], scratch);
  return passing;
}

}  // namespace rhumb::funcs

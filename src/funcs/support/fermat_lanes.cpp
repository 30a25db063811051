#include "funcs/support/fermat_lanes.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "funcs/support/openssl.h"

#define RHUMB_IFMA gnu::target("avx512f,avx512ifma")
#define RHUMB_UNROLL _Pragma("GCC unroll 32")

namespace rhumb::funcs {
namespace {

constexpr int limb_bits = 52;
constexpr std::uint64_t limb_mask = (std::uint64_t{1} << limb_bits) - 1;

/// Limbs that are worked on together: the columns of their products stay in registers. A number of 1024 bits has so
/// many, one of 2048 twice as many.
constexpr std::size_t block = 20;

/// Of the exponent, which the start of the powers holds already.
constexpr int leading_bits = 5;

/// A limb of each number.
struct alignas(64) Limb {
  std::array<std::uint64_t, most_fermat_lanes> lanes{};
};

[[RHUMB_IFMA]] inline __m512i load(const Limb& limb) { return _mm512_load_si512(&limb); }
[[RHUMB_IFMA]] inline void store(Limb& limb, __m512i value) { _mm512_store_si512(&limb, value); }

/// The sum with the lower or the upper 52 bits of a product of 52 bits by 52.
[[RHUMB_IFMA]] inline __m512i add_low(__m512i sum, __m512i left, __m512i right) {
  return _mm512_madd52lo_epu64(sum, left, right);
}
[[RHUMB_IFMA]] inline __m512i add_high(__m512i sum, __m512i left, __m512i right) {
  return _mm512_madd52hi_epu64(sum, left, right);
}

/// The form without a mask gives GCC 12 a false warning (its bug 105593).
[[RHUMB_IFMA]] inline __m512i carry_of(__m512i column) { return _mm512_maskz_srli_epi64(0xff, column, limb_bits); }

/// Limbs of eight numbers, forgotten at the end: they may become the primes of a key.
class Limbs {
 public:
  explicit Limbs(std::size_t count) : limbs_(count) {}
  ~Limbs() { OPENSSL_cleanse(limbs_.data(), limbs_.size() * sizeof(Limb)); }
  Limbs(const Limbs&) = delete;
  Limbs& operator=(const Limbs&) = delete;

  Limb& operator[](std::size_t i) { return limbs_[i]; }
  Limb* data() { return limbs_.data(); }
  std::size_t size() const { return limbs_.size(); }

  void put(std::size_t lane, const BIGNUM* number) {
    // The last limb is read by eight bytes, too.
    std::vector<unsigned char> bytes(limbs_.size() * limb_bits / 8 + sizeof(std::uint64_t));
    ensure(BN_bn2lebinpad(number, bytes.data(), static_cast<int>(bytes.size())) > 0);
    for (std::size_t i = 0; i < limbs_.size(); ++i) {
      std::uint64_t word = 0;
      std::memcpy(&word, &bytes[i * limb_bits / 8], sizeof word);
      limbs_[i].lanes[lane] = word >> i * limb_bits % 8 & limb_mask;
    }
    OPENSSL_cleanse(bytes.data(), bytes.size());
  }

  void take(std::size_t lane, BIGNUM* number) const {
    BN_zero(number);
    for (std::size_t i = limbs_.size(); i > 0; --i) {
      ensure(BN_lshift(number, number, limb_bits) == 1 && BN_add_word(number, limbs_[i - 1].lanes[lane]) == 1);
    }
  }

 private:
  std::vector<Limb> limbs_;
};

/// -1 / odd modulo 2^52
std::uint64_t negative_inverse(std::uint64_t odd) {
  std::uint64_t inverse = odd;  // right for the lowest three bits; each step doubles them
  for (int bits = 3; bits < limb_bits; bits *= 2) inverse *= 2 - odd * inverse;
  return -inverse & limb_mask;
}

/// columns[i + j] += low half of left[i] * right[j], columns[i + j + 1] += high half.
[[RHUMB_IFMA]] inline void add_product(Limb* columns, const Limb* left, const Limb* right) {
  __m512i window[block];
  RHUMB_UNROLL for (std::size_t j = 0; j < block; ++j) window[j] = load(columns[j]);
  for (std::size_t i = 0; i < block; ++i) {
    const __m512i factor = load(left[i]);
    __m512i limb = load(right[0]);
    store(columns[i], add_low(window[0], factor, limb));
    RHUMB_UNROLL for (std::size_t j = 1; j < block; ++j) {
      const __m512i next = load(right[j]);
      window[j - 1] = add_high(add_low(window[j], factor, next), factor, limb);
      limb = next;
    }
    window[block - 1] = add_high(load(columns[i + block]), factor, limb);
  }
  RHUMB_UNROLL for (std::size_t j = 0; j < block; ++j) store(columns[block + j], window[j]);
}

/// The columns of all products of two different limbs, each once, instead of what is there.
[[RHUMB_IFMA]] inline void set_unequal_products(Limb* columns, const Limb* limbs) {
  __m512i window[block + 1];
  RHUMB_UNROLL for (std::size_t j = 0; j <= block; ++j) window[j] = _mm512_setzero_si512();
  RHUMB_UNROLL for (std::size_t i = 0; i < block; ++i) {
    const __m512i factor = load(limbs[i]);
    __m512i limb = _mm512_setzero_si512();
    RHUMB_UNROLL for (std::size_t j = i + 1; j < block; ++j) {
      const __m512i next = load(limbs[j]);
      window[j] = add_high(add_low(window[j], factor, next), factor, limb);
      limb = next;
    }
    window[block] = add_high(window[block], factor, limb);
    store(columns[i], window[0]);
    RHUMB_UNROLL for (std::size_t j = 0; j < block; ++j) window[j] = window[j + 1];
    window[block] = _mm512_setzero_si512();
  }
  RHUMB_UNROLL for (std::size_t j = 0; j < block; ++j) store(columns[block + j], window[j]);
}

/// Adds the multiples of a number's lowest block that make the lowest block of columns zero, but for what is carried
/// into the column above it. `factors` gets what the number was multiplied with.
[[RHUMB_IFMA]] inline void clear_block(Limb* columns, Limb* factors, const Limb* modulus, __m512i inverse) {
  __m512i window[block];
  RHUMB_UNROLL for (std::size_t j = 0; j < block; ++j) window[j] = load(columns[j]);
  const __m512i first = load(modulus[0]);
  const __m512i second = load(modulus[1]);
  __m512i factor = add_low(_mm512_setzero_si512(), window[0], inverse);
  for (std::size_t i = 0; i < block; ++i) {
    // What the next factor depends on comes first.
    const __m512i carry = carry_of(add_low(window[0], factor, first));
    window[0] = _mm512_add_epi64(add_high(add_low(window[1], factor, second), factor, first), carry);
    const __m512i next_factor = add_low(_mm512_setzero_si512(), window[0], inverse);
    store(factors[i], factor);
    __m512i limb = second;
    RHUMB_UNROLL for (std::size_t j = 2; j < block; ++j) {
      const __m512i next = load(modulus[j]);
      window[j - 1] = add_high(add_low(window[j], factor, next), factor, limb);
      limb = next;
    }
    window[block - 1] = add_high(load(columns[i + block]), factor, limb);
    factor = next_factor;
  }
  RHUMB_UNROLL for (std::size_t j = 0; j < block; ++j) store(columns[block + j], window[j]);
}

/// Powers of 2 in Montgomery's form: times the radix, modulo the number. They are below four times the number and the
/// radix is above 2^8 times the number, so that the reduced square is below twice the number and need not be compared
/// with it.
class LaneTest {
 public:
  LaneTest(std::span<const BIGNUM* const> numbers, BN_CTX* scratch)
      : numbers_(numbers), scratch_(scratch), bits_(longest(numbers)), count_(limbs_for(bits_)) {
    for (std::size_t lane = 0; lane < most_fermat_lanes; ++lane) prepare(lane);
  }

  std::bitset<most_fermat_lanes> run() {
    raise();
    std::bitset<most_fermat_lanes> passing;
    for (std::size_t lane = 0; lane < numbers_.size(); ++lane) passing[lane] = is_one(lane);
    return passing;
  }

 private:
  static int longest(std::span<const BIGNUM* const> numbers) {
    int bits = 0;
    for (const BIGNUM* number : numbers) bits = std::max(bits, BN_num_bits(number));
    return bits;
  }

  static std::size_t limbs_for(int bits) {
    constexpr int block_bits = static_cast<int>(block) * limb_bits;
    return static_cast<std::size_t>((bits + 8 + block_bits - 1) / block_bits) * block;
  }

  int radix_bits() const { return static_cast<int>(count_) * limb_bits; }

  void prepare(std::size_t lane) {
    ScratchFrame frame(scratch_);
    BIGNUM* const power = frame.number();
    // Lanes to spare repeat the last number.
    const BIGNUM* const number = numbers_[std::min(lane, numbers_.size() - 1)];
    moduli_.put(lane, number);
    inverses_.lanes[lane] = negative_inverse(moduli_[0].lanes[lane]);
    ensure(BN_rshift(power, number, bits_ - leading_bits) == 1);
    set_power(power, number, static_cast<int>(BN_get_word(power)));
    powers_.put(lane, power);
  }

  /// 2^exponent in Montgomery's form.
  void set_power(BIGNUM* power, const BIGNUM* number, int exponent) {
    BN_zero(power);
    ensure(BN_set_bit(power, radix_bits() + exponent) == 1 && BN_mod(power, power, number, scratch_) == 1);
  }

  bool is_one(std::size_t lane) {
    ScratchFrame frame(scratch_);
    BIGNUM* const one = frame.number();
    BIGNUM* const power = frame.number();
    set_power(one, numbers_[lane], 0);
    powers_.take(lane, power);
    ensure(BN_mod(power, power, numbers_[lane], scratch_) == 1);
    return BN_cmp(power, one) == 0;
  }

  /// To the number - 1, whose bits are those of the number but for the lowest.
  [[RHUMB_IFMA]] void raise() {
    for (int bit = bits_ - leading_bits - 1; bit >= 0; --bit) {
      square();
      reduce();
      const std::uint64_t place = bit == 0 ? 0 : std::uint64_t{1} << bit % limb_bits;
      const __m512i limb = load(moduli_[static_cast<std::size_t>(bit / limb_bits)]);
      keep(_mm512_test_epi64_mask(limb, _mm512_set1_epi64(static_cast<long long>(place))));
    }
  }

  /// The columns of powers_ times itself: each product of two limbs once, all of them doubled, then the squares.
  [[RHUMB_IFMA]] void square() {
    const Limb* const limbs = powers_.data();
    Limb* const columns = columns_.data();
    for (std::size_t i = 0; i < count_; i += block) set_unequal_products(columns + 2 * i, limbs + i);
    for (std::size_t i = 0; i < count_; i += block) {
      for (std::size_t j = i + block; j < count_; j += block) add_product(columns + i + j, limbs + i, limbs + j);
    }
    for (std::size_t i = 0; i < count_; ++i) {
      const __m512i limb = load(limbs[i]);
      const __m512i low = load(columns[2 * i]);
      const __m512i high = load(columns[2 * i + 1]);
      store(columns[2 * i], add_low(_mm512_add_epi64(low, low), limb, limb));
      store(columns[2 * i + 1], add_high(_mm512_add_epi64(high, high), limb, limb));
    }
  }

  /// Adds the multiple of each number that makes the lower half of the columns a multiple of the radix.
  [[RHUMB_IFMA]] void reduce() {
    std::array<Limb, block> factors;
    const __m512i inverse = load(inverses_);
    for (std::size_t i = 0; i < count_; i += block) {
      clear_block(columns_.data() + i, factors.data(), moduli_.data(), inverse);
      for (std::size_t j = block; j < count_; j += block) {
        add_product(columns_.data() + i + j, factors.data(), moduli_.data() + j);
      }
    }
  }

  /// The upper half of the columns as limbs, doubled in some lanes.
  [[RHUMB_IFMA]] void keep(__mmask8 doubled) {
    const __m512i mask = _mm512_set1_epi64(limb_mask);
    __m512i carry = _mm512_setzero_si512();
    for (std::size_t i = 0; i < count_; ++i) {
      const __m512i column = load(columns_[count_ + i]);
      const __m512i sum = _mm512_add_epi64(_mm512_mask_add_epi64(column, doubled, column, column), carry);
      store(powers_[i], _mm512_and_si512(sum, mask));
      carry = carry_of(sum);
    }
  }

  std::span<const BIGNUM* const> numbers_;
  BN_CTX* scratch_;
  int bits_;           // of the longest
  std::size_t count_;  // of the limbs of a number, some blocks
  Limbs moduli_{count_};
  Limb inverses_;  // -1 / number modulo 2^52
  Limbs powers_{count_};
  Limbs columns_{2 * count_};  // of a product, each a sum of up to 8 * count_ numbers of 52 bits
};

}  // namespace

/// The compiler's own question, __builtin_cpu_supports, would ask the processor at every start of the program, for
/// which a virtual machine takes a tenth of a millisecond.
bool has_fermat_lanes() {
#ifdef RHUMB_STRESS  // there OpenSSL does it all
  return false;
#else
  unsigned eax = 0;
  unsigned ebx = 0;
  unsigned ecx = 0;
  unsigned edx = 0;
  if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) == 0 || (ecx & bit_OSXSAVE) == 0) return false;
  // The registers that the system saves: SSE, AVX and the three parts of AVX-512.
  constexpr unsigned saved = 0xe6;
  asm("xgetbv" : "=a"(eax), "=d"(edx) : "c"(0));
  if ((eax & saved) != saved) return false;
  constexpr unsigned wanted = bit_AVX512F | bit_AVX512IFMA;
  return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0 && (ebx & wanted) == wanted;
#endif
}

std::bitset<most_fermat_lanes> pass_fermat_in_lanes(std::span<const BIGNUM* const> numbers, BN_CTX* scratch) {
  return LaneTest(numbers, scratch).run();
}

}  // namespace rhumb::funcs

#else

namespace rhumb::funcs {

bool has_fermat_lanes() { return false; }

std::bitset<most_fermat_lanes> pass_fermat_in_lanes(std::span<const BIGNUM* const>, BN_CTX*) { return {}; }

}  // namespace rhumb::funcs

#endif

// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <openssl/evp.h>

// ---- digests and signatures -----------------------------------------------------------------
// One block at a time through the low-level API: a fetched EVP context costs more than hashing an entry.
// These functions are deprecated for providers' sake, not removed; the warning is silenced for them alone.
#include <stddef.h>
#include <stdint.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"

static inline void korf_sha256(const void *first, size_t first_count, const void *second,
                               size_t second_count, unsigned char *out) {
    SHA256_CTX context;
    SHA256_Init(&context);
    if (first_count > 0) SHA256_Update(&context, first, first_count);
    if (second_count > 0) SHA256_Update(&context, second, second_count);
    SHA256_Final(out, &context);
}

static inline void korf_sha256_leaf(const void *entry, size_t count, unsigned char *out) {
    const unsigned char prefix = 0x00;
    korf_sha256(&prefix, 1, entry, count, out);
}

// Both are in the order of bytes; the 65 bytes take two blocks.
static inline void korf_sha256_node(const void *left, const void *right, unsigned char *out) {
    unsigned char message[65];
    message[0] = 0x01;
    __builtin_memcpy(message + 1, left, 32);
    __builtin_memcpy(message + 33, right, 32);
    korf_sha256(message, 65, NULL, 0, out);
}

// HMAC (RFC 2104) with both padded blocks of the key absorbed beforehand.
typedef struct {
    SHA256_CTX inner;
    SHA256_CTX outer;
} korf_hmac_state;

static inline void korf_hmac_init(korf_hmac_state *state, const void *key, size_t count) {
    unsigned char block[64] = {0};
    if (count > 64) {
        korf_sha256(key, count, NULL, 0, block);
    } else if (count > 0) {
        __builtin_memcpy(block, key, count);
    }
    for (int i = 0; i < 64; i++) block[i] ^= 0x36;
    SHA256_Init(&state->inner);
    SHA256_Update(&state->inner, block, 64);
    for (int i = 0; i < 64; i++) block[i] ^= 0x36 ^ 0x5c;
    SHA256_Init(&state->outer);
    SHA256_Update(&state->outer, block, 64);
    OPENSSL_cleanse(block, 64);
}

static inline void korf_hmac(const korf_hmac_state *state, const void *message, size_t count,
                             unsigned char *out) {
    SHA256_CTX context = state->inner;
    if (count > 0) SHA256_Update(&context, message, count);
    SHA256_Final(out, &context);
    context = state->outer;
    SHA256_Update(&context, out, 32);
    SHA256_Final(out, &context);
}

#pragma clang diagnostic pop

// ---- TLS and X.509 --------------------------------------------------------------------------
// OpenSSL spells these as macros or variadic functions, which Swift does not import.
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

static inline EVP_PKEY *korf_ec_key(const char *curve) { return EVP_EC_gen(curve); }

static inline EVP_PKEY *korf_rsa_key(unsigned int bits) { return EVP_RSA_gen(bits); }

static inline long korf_bio_memory(BIO *bio, const char **start) {
    return BIO_get_mem_data(bio, (char **)start);
}

static inline int korf_ctx_versions(SSL_CTX *ctx, int lowest, int highest) {
    return SSL_CTX_set_min_proto_version(ctx, lowest) == 1
        && SSL_CTX_set_max_proto_version(ctx, highest) == 1;
}

static inline int korf_ctx_groups(SSL_CTX *ctx, const char *names) {
    return (int)SSL_CTX_set1_groups_list(ctx, names);
}

static inline void korf_ctx_modes(SSL_CTX *ctx) {
    SSL_CTX_set_mode(ctx, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
                              | SSL_MODE_RELEASE_BUFFERS);
}

static inline void korf_ctx_server_sessions(SSL_CTX *ctx, long seconds) {
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_SERVER);
    SSL_CTX_set_timeout(ctx, seconds);
}

static inline void korf_ctx_options(SSL_CTX *ctx) {
    SSL_CTX_set_options(ctx, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION
                                 | SSL_OP_CIPHER_SERVER_PREFERENCE);
}

static inline int korf_ctx_add_chain(SSL_CTX *ctx, X509 *certificate) {
    return (int)SSL_CTX_add1_chain_cert(ctx, certificate);
}

static inline int korf_error_reason(unsigned long code) { return ERR_GET_REASON(code); }
static inline int korf_error_library(unsigned long code) { return ERR_GET_LIB(code); }

/// Adds the extension `nid` with the textual `value` to a certificate; 1 on success.
static inline int korf_x509_extend(X509 *certificate, X509 *issuer, int nid, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    if (extension == NULL) return 0;
    int added = X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    return added;
}

/// Adds subjectAltName `value` to a certificate signing request; 1 on success.
static inline int korf_request_alternative_name(X509_REQ *request, const char *value) {
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, value);
    if (extension == NULL) return 0;
    STACK_OF(X509_EXTENSION) *list = sk_X509_EXTENSION_new_null();
    int added = list != NULL && sk_X509_EXTENSION_push(list, extension) > 0;
    if (added) added = X509_REQ_add_extensions(request, list);
    else X509_EXTENSION_free(extension);
    if (list != NULL) sk_X509_EXTENSION_pop_free(list, X509_EXTENSION_free);
    return added;
}
// ---- end of TLS and X.509 -------------------------------------------------------------------

package dev.realtime.faultbed.tls;

import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Signs certificates (RFC 5280). Immutable.
 *
 * @param name the issuer's name
 * @param keys the issuer's keys, a curve every OpenSSL since 1.0 knows
 * @param certificate the issuer's certificate, signed by himself
 */
record Authority(X500Name name, KeyPair keys, X509Certificate certificate) {

    static Authority create(String commonName, Path file) throws GeneralSecurityException, IOException {
        X500Name name = new X500Name("CN=" + commonName);
        KeyPair keys = newKeys();
        X509v3CertificateBuilder plan = plan(name, name, keys);
        plan.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        X509Certificate certificate = sign(plan, keys);
        write(file, certificate);
        return new Authority(name, keys, certificate);
    }

    /** Signs a certificate for some host names and addresses, the first of them the common name. */
    Identity issue(Path directory, String file, String... hosts) throws GeneralSecurityException, IOException {
        KeyPair subject = newKeys();
        X509v3CertificateBuilder plan = plan(name, new X500Name("CN=" + hosts[0]), subject);
        plan.addExtension(Extension.subjectAlternativeName, false, alternatives(hosts));
        X509Certificate signed = sign(plan, keys);
        Path certificateFile = directory.resolve(file + ".crt");
        Path keyFile = directory.resolve(file + ".key");
        write(certificateFile, signed);
        write(keyFile, new JcaPKCS8Generator(subject.getPrivate(), null));
        return new Identity(certificateFile, keyFile, context(subject, signed));
    }

    private static GeneralNames alternatives(String... hosts) {
        return new GeneralNames(Stream.of(hosts)
                .map(host -> new GeneralName(
                        Character.isDigit(host.charAt(0)) ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new));
    }

    private SSLContext context(KeyPair subject, X509Certificate signed) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] password = new char[0];
        store.setKeyEntry("identity", subject.getPrivate(), password, new X509Certificate[] {signed, certificate});
        KeyManagerFactory shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        shown.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown.getKeyManagers(), new TrustManager[] {new TrustEveryone()}, null);
        return context;
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder plan(X500Name issuer, X500Name subject, KeyPair keys) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(64, new SecureRandom()),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(30))),
                subject,
                keys.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder plan, KeyPair signer) throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            plan.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static void write(Path file, Object what) throws IOException {
        try (Writer out = Files.newBufferedWriter(file);
                JcaPEMWriter pem = new JcaPEMWriter(out)) {
            pem.writeObject(what);
        }
    }
}

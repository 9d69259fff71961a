"""What the indicators of the demonstration mean: definition, way of counting, source and evidence, by name."""

from __future__ import annotations

from runut.web.demo.spec import MeaningSpec

MEANINGS = {
    "Indeks Kepuasan Masyarakat (IKM)": MeaningSpec(
        "Penilaian penerima layanan kecamatan atas sembilan unsur pelayanan, dalam skala 25 sampai 100.",
        "Rata-rata nilai sembilan unsur dari semua responden, masing-masing berbobot 1/9, dikali 25.",
        "Survei kepuasan di loket pelayanan setiap triwulan",
        "Rekap kuesioner dan pengolahan nilai per unsur",
    ),
    "Persentase penyelesaian pengaduan masyarakat": MeaningSpec(
        "Bagian pengaduan warga yang tuntas dijawab atau ditangani, dari semua pengaduan yang diterima kecamatan pada masa itu.",
        "Pengaduan yang selesai ÷ pengaduan yang diterima × 100%.",
        "Buku pengaduan dan kanal aduan daring",
        "Register pengaduan beserta tanggal selesainya",
    ),
    "Persentase desa dengan status minimal Berkembang": MeaningSpec(
        "Bagian desa di kecamatan yang status kemajuannya Berkembang, Maju, atau Mandiri menurut penilaian tahun berjalan.",
        "Desa berstatus Berkembang ke atas ÷ semua desa di kecamatan × 100%.",
        "Hasil penilaian indeks desa",
        "Daftar status desa yang sudah disahkan",
    ),
    "Persentase desa dengan laporan pertanggungjawaban baik": MeaningSpec(
        "Bagian desa yang laporan pertanggungjawaban keuangannya lengkap, tepat waktu, dan tidak dikembalikan saat diperiksa.",
        "Desa yang laporannya dinilai baik ÷ semua desa di kecamatan × 100%. Tidak diukur pada triwulan pertama.",
        "Lembar pemeriksaan laporan desa di Seksi Pemerintahan",
        "Lembar pemeriksaan dan tanda terima laporan setiap desa",
    ),
    "Gangguan ketenteraman dan ketertiban yang ditangani lebih dari 1x24 jam": MeaningSpec(
        "Banyaknya gangguan ketenteraman dan ketertiban umum yang baru ditangani sesudah lewat satu hari sejak dilaporkan. "
        "Makin sedikit makin baik.",
        "Jumlah kejadian yang selisih waktu lapor dan waktu penanganannya lebih dari 24 jam; triwulan dijumlahkan.",
        "Buku kejadian Seksi Ketenteraman dan Ketertiban Umum",
        "Laporan kejadian dengan jam lapor dan jam penanganan",
    ),
    "Nilai SAKIP kecamatan": MeaningSpec(
        "Nilai evaluasi akuntabilitas kinerja kecamatan dari Inspektorat, sekali setahun, dalam skala 0 sampai 100.",
        "Nilai akhir pada laporan hasil evaluasi, dari perencanaan, pengukuran, pelaporan, dan evaluasi internal.",
        "Laporan hasil evaluasi SAKIP dari Inspektorat",
        "Laporan hasil evaluasi tahun berjalan",
    ),
    "Persentase ketercapaian kinerja kecamatan": MeaningSpec(
        "Bagian indikator dalam perjanjian kinerja camat yang mencapai target triwulannya.",
        "Indikator yang capaiannya 100% atau lebih ÷ indikator yang diukur pada triwulan itu × 100%.",
        "Rekap data kinerja triwulan",
        "Rekap capaian yang sudah diparaf",
    ),
    "Ketepatan waktu kehadiran pegawai": MeaningSpec(
        "Bagian hari kerja pegawai yang dimulai tidak lewat dari jam masuk; cuti dan tugas luar tidak dihitung.",
        "Kehadiran tepat waktu ÷ semua hari kerja pegawai yang wajib hadir × 100%.",
        "Rekaman kehadiran elektronik",
        "Rekap kehadiran bulanan",
    ),
    "Jumlah dokumen layanan yang diselesaikan": MeaningSpec(
        "Banyaknya dokumen layanan yang diselesaikan pegawai sampai siap diserahkan kepada pemohon atau atasan.",
        "Jumlah dokumen yang tercatat selesai pada triwulan itu; triwulan dijumlahkan.",
        "Buku kerja pegawai dan register layanan",
        "Daftar dokumen dengan tanggal selesai",
    ),
    "Persentase layanan selesai tepat waktu": MeaningSpec(
        "Bagian dokumen layanan yang selesai dalam waktu menurut standar pelayanannya.",
        "Dokumen yang selesai tepat waktu ÷ semua dokumen yang selesai × 100%.",
        "Register layanan, tanggal terima dan tanggal selesai",
        "Rekap waktu penyelesaian layanan",
    ),
    "Berkas yang dikembalikan karena keliru": MeaningSpec(
        "Banyaknya berkas hasil kerja yang dikembalikan pemeriksa karena isinya keliru. Makin sedikit makin baik.",
        "Jumlah berkas yang dikembalikan pada triwulan itu; triwulan dijumlahkan.",
        "Catatan pengembalian berkas dari atasan langsung",
        "Daftar berkas yang dikembalikan beserta sebabnya",
    ),
    "Pertumbuhan industri kecil dan menengah": MeaningSpec(
        "Pertambahan banyaknya usaha industri kecil dan menengah yang aktif, dibanding akhir tahun sebelumnya.",
        "Pertambahan usaha aktif pada triwulan itu ÷ usaha aktif akhir tahun sebelumnya × 100%; triwulan dijumlahkan.",
        "Data usaha industri di Bidang Perindustrian",
        "Daftar usaha baru dan usaha yang berhenti",
    ),
    "Industri kecil yang naik kelas": MeaningSpec(
        "Banyaknya usaha binaan dinas yang naik golongan, dari mikro menjadi kecil atau dari kecil menjadi menengah.",
        "Jumlah usaha yang omzet atau tenaga kerjanya melewati batas golongan di atasnya; triwulan dijumlahkan.",
        "Hasil pendampingan pembina industri kecil",
        "Berita acara penilaian setiap usaha",
    ),
    "Koefisien keragaman harga bahan pokok": MeaningSpec(
        "Besarnya naik turun harga bahan pokok di pasar pantauan selama satu triwulan. Makin kecil makin stabil.",
        "Simpangan baku harga harian ÷ harga rata-ratanya × 100%, dirata-rata dari semua bahan pokok yang dipantau.",
        "Pantauan harga harian di pasar",
        "Tabel harga harian yang sudah diperiksa",
    ),
    "Alat ukur, takar, timbang bertanda tera sah": MeaningSpec(
        "Bagian alat ukur, takar, dan timbang milik pedagang terdata yang bertanda tera sah sampai akhir triwulan.",
        "Alat bertanda tera sah ÷ semua alat yang terdata × 100%.",
        "Buku tera dan tera ulang di Bidang Kemetrologian",
        "Rekap tera dan tera ulang",
    ),
    "Nilai SAKIP dinas": MeaningSpec(
        "Nilai evaluasi akuntabilitas kinerja dinas dari Inspektorat, sekali setahun, dalam skala 0 sampai 100.",
        "Nilai akhir pada laporan hasil evaluasi, dari perencanaan, pengukuran, pelaporan, dan evaluasi internal.",
        "Laporan hasil evaluasi SAKIP dari Inspektorat",
        "Laporan hasil evaluasi tahun berjalan",
    ),
    "Peningkatan kompetensi pegawai": MeaningSpec(
        "Rata-rata lama pelatihan, bimbingan teknis, dan pembelajaran daring yang diikuti setiap pegawai.",
        "Jumlah jam pelatihan semua pegawai ÷ jumlah pegawai; triwulan dijumlahkan.",
        "Sertifikat dan daftar hadir pelatihan di Subbagian Umum dan Kepegawaian",
        "Rekap jam pelatihan dan salinan sertifikat",
    ),
    "Laporan keuangan disusun tepat waktu": MeaningSpec(
        "Bagian laporan keuangan bulanan yang diserahkan tidak lewat dari tanggal 10 bulan berikutnya.",
        "Laporan yang diserahkan tepat waktu ÷ laporan yang wajib pada triwulan itu × 100%.",
        "Agenda penyerahan laporan keuangan",
        "Tanda terima laporan dari pengelola keuangan daerah",
    ),
}

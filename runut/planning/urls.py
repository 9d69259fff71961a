"""Addresses of the dictionary of indicators, of targets, and of plans."""

from django.urls import path, re_path

from runut.planning.views import activities, dictionary, plans, scales

app_name = "planning"

urlpatterns = [
    path("atur/indikator/", dictionary.indicators, name="indicators"),
    path("atur/indikator/cetak/", dictionary.printed_indicators, name="printed_indicators"),
    path("atur/indikator/baru/<int:office_id>/", dictionary.add_indicator, name="add_indicator"),
    path("atur/indikator/<int:indicator_id>/", dictionary.indicator, name="indicator"),
    path("atur/indikator/<int:indicator_id>/ubah/", dictionary.revise_indicator, name="revise_indicator"),
    path("atur/indikator/<int:indicator_id>/akhiri/", dictionary.end_indicator, name="end_indicator"),
    path("atur/indikator/<int:indicator_id>/tempat/", dictionary.hang_indicator, name="hang_indicator"),
    path("atur/indikator/<int:indicator_id>/target/<int:year>/", dictionary.targets, name="targets"),
    path("atur/skala/", scales.scales, name="scales"),
    path("atur/skala/<int:office_id>/", scales.take_up, name="take_up_scale"),
    path("rencana/", plans.plans, name="plans"),
    path("rencana/baru/<int:office_id>/", plans.add_plan, name="add_plan"),
    path("rencana/<int:plan_id>/", plans.plan, name="plan"),
    path("rencana/<int:plan_id>/ubah/", plans.revise_plan, name="revise_plan"),
    path("rencana/<int:plan_id>/akhiri/", plans.end_plan, name="end_plan"),
    path("rencana/<int:plan_id>/tujuan/", plans.add_goal, name="add_goal"),
    path("rencana/<int:plan_id>/sasaran/", plans.add_objective, name="add_objective"),
    re_path(r"^rencana/(?P<plan_id>\d+)/(?P<kind>tujuan|sasaran)/(?P<node_id>\d+)/$", plans.reword, name="reword"),
    path("rencana/dokumen/<int:office_id>/", plans.register, name="register"),
    path("rencana/berkas/<int:registered_id>/", plans.registered, name="registered"),
    path("rencana/berkas/<int:registered_id>/tarik/", plans.withdraw, name="withdraw_registered"),
    path("rencana/kegiatan/", activities.activities, name="activities"),
    path("rencana/kegiatan/baru/<int:office_id>/", activities.add_activity, name="add_activity"),
    path("rencana/kegiatan/<int:kegiatan_id>/", activities.activity, name="activity"),
    path("rencana/kegiatan/<int:kegiatan_id>/anggaran/<int:year>/", activities.budget, name="budget"),
    path("rencana/kegiatan/<int:kegiatan_id>/pptk/", activities.stakeholder, name="stakeholder"),
]
